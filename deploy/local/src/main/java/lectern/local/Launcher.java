package lectern.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Runs Lectern until a signal ends it. {@code ./lectern up} builds what is missing and
 * comes here.
 */
public final class Launcher {

	private static final Duration LET_GO = Duration.ofSeconds(1);

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
		Console console = System.out::println;
		try {
			Path root = Path.of((arguments.length > 0) ? arguments[0] : "");
			Lectern lectern = new Lectern(Settings.from(System.getenv(), root), console);
			stopAtTheEnd(lectern, Thread.currentThread(), console);
			lectern.start();
			new CountDownLatch(1).await();
		}
		catch (Refusal ex) {
			if (stopping) {
				// What is being stopped cannot start, and nobody asks why.
				return;
			}
			exitCode = 1;
			console.say(ex.sentence());
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

	private static void stopAtTheEnd(Lectern lectern, Thread starter, Console console) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				if (exitCode == 0) {
					stopping = true;
					console.say("Stopping ...");
					starter.interrupt();
					starter.join(LET_GO);
				}
				lectern.stop();
			}
			catch (IOException | InterruptedException ex) {
				exitCode = 1;
				console.say("Something could not be stopped: " + ex.getMessage());
			}
			sweep();
			if (exitCode == 0) {
				console.say("Lectern has stopped.");
			}
			// A signal would make this 128 and more; to be stopped is no failure.
			Runtime.getRuntime().halt(exitCode);
		}, "stop"));
	}

	/** See the last small command gone, should one have been running. */
	private static void sweep() {
		ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
	}

}
