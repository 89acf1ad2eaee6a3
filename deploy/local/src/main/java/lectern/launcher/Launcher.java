package lectern.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Runs Lectern until a signal ends it. {@code ./lectern up} builds what is missing and
 * comes here.
 */
public final class Launcher {

	private static final Duration START_INTERRUPT_TIMEOUT = Duration.ofSeconds(1);

	private static volatile int exitCode = 0;

	private static volatile boolean stopping;

	private Launcher() {
	}

	/**
	 * Start Lectern and stay until SIGINT, SIGTERM or SIGHUP, which stop it in order and
	 * end this process with 0. It ends with 1, and one sentence that says what to do,
	 * when Lectern cannot be started.
	 * @param arguments the project's folder; the working folder if absent
	 */
	public static void main(String[] arguments) {
		LauncherConsole console = System.out::println;
		try {
			Path root = Path.of((arguments.length > 0) ? arguments[0] : "");
			LecternStack lectern = new LecternStack(LauncherSettings.fromEnvironment(System.getenv(), root), console);
			registerShutdownHook(lectern, Thread.currentThread(), console);
			lectern.start();
			new CountDownLatch(1).await();
		}
		catch (StartupException ex) {
			if (stopping) {
				// What is being stopped cannot start, and nobody asks why.
				return;
			}
			exitCode = 1;
			console.printLine(ex.userMessage());
			System.exit(1);
		}
		catch (InterruptedException ex) {
			// Only the end interrupts: what is left to do is done there.
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			// A bug: it shows itself whole, and what runs is stopped.
			exitCode = 1;
			throw ex;
		}
	}

	private static void registerShutdownHook(LecternStack lectern, Thread starter, LauncherConsole console) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				if (exitCode == 0) {
					stopping = true;
					console.printLine("Stopping ...");
					starter.interrupt();
					starter.join(START_INTERRUPT_TIMEOUT);
				}
				lectern.stop();
			}
			catch (IOException | InterruptedException ex) {
				exitCode = 1;
				console.printLine("Something could not be stopped: " + ex.getMessage());
			}
			destroyDescendants();
			if (exitCode == 0) {
				console.printLine("Lectern has stopped.");
			}
			// A signal would make this 128 and more; to be stopped is no failure.
			Runtime.getRuntime().halt(exitCode);
		}, "stop"));
	}

	/** See the last small command gone, should one have been running. */
	private static void destroyDescendants() {
		ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
	}

}
