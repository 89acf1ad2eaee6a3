package lectern.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Runs Lectern until a signal ends it. {@code ./lectern up} builds missing jars and then
 * starts this class.
 */
public final class Launcher {

	private static final Duration START_INTERRUPT_TIMEOUT = Duration.ofSeconds(1);

	private static volatile int exitCode = 0;

	private static volatile boolean stopping;

	private Launcher() {
	}

	/**
	 * Start Lectern and run until SIGINT, SIGTERM or SIGHUP, which stop all processes in
	 * order and end this one with exit code 0. If Lectern cannot be started, one printed
	 * sentence says what to do, and the exit code is 1, or
	 * {@value StartupException#PERMANENT_EXIT_CODE} if the next start would fail, too.
	 * @param arguments the project's folder, the working folder if absent; then
	 * {@code --demo} to start the demo, too
	 */
	public static void main(String[] arguments) {
		LauncherConsole console = System.out::println;
		try {
			Path root = Path.of((arguments.length > 0) ? arguments[0] : "");
			boolean demo = hasDemo(arguments);
			LauncherSettings settings = LauncherSettings.fromEnvironment(System.getenv(), root);
			if (demo) {
				// Whether there can be one is known before minutes of a first start.
				DemoFolder.settings(settings, console);
			}
			LecternStack lectern = new LecternStack(settings, console);
			registerShutdownHook(lectern, Thread.currentThread(), console);
			lectern.start();
			if (demo) {
				lectern.startDemo();
			}
			new CountDownLatch(1).await();
		}
		catch (StartupException ex) {
			if (stopping) {
				// A start that fails because of the stop is not an error.
				return;
			}
			exitCode = ex.exitCode();
			console.printLine(ex.userMessage());
			System.exit(exitCode);
		}
		catch (InterruptedException ex) {
			// Only the shutdown hook interrupts this thread; the hook stops everything.
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			// A bug: print the whole stack trace; the shutdown hook stops what runs.
			exitCode = 1;
			throw ex;
		}
	}

	private static boolean hasDemo(String[] arguments) {
		if (arguments.length > 2 || (arguments.length == 2 && !arguments[1].equals("--demo"))) {
			throw new StartupException("The only option of lectern up is --demo; see lectern help.");
		}
		return arguments.length == 2;
	}

	private static void registerShutdownHook(LecternStack lectern, Thread startThread, LauncherConsole console) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				if (exitCode == 0) {
					stopping = true;
					console.printLine("Stopping ...");
					startThread.interrupt();
					startThread.join(START_INTERRUPT_TIMEOUT);
				}
				lectern.stop();
			}
			catch (IOException | InterruptedException ex) {
				exitCode = 1;
				console.printLine("A process could not be stopped: " + ex.getMessage());
			}
			destroyDescendants();
			if (exitCode == 0) {
				console.printLine("Lectern has stopped.");
			}
			// After a signal the exit code would be 128 or more, but a stop is no
			// failure.
			Runtime.getRuntime().halt(exitCode);
		}, "stop"));
	}

	/**
	 * Kill a short-lived command, such as initdb, that still runs. A PostgreSQL that has
	 * not ended yet is left alone.
	 */
	private static void destroyDescendants() {
		ProcessHandle.current()
			.descendants()
			.filter((process) -> !OrphanReaper.isPostgres(process))
			.forEach(ProcessHandle::destroyForcibly);
	}

}
