package lectern.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Makes AOT caches of the services. {@code ./lectern train} starts this class.
 */
public final class TrainCommand {

	/** Long enough for the JVM to compile what a busy Lectern runs. */
	private static final Duration LENGTH = Duration.ofSeconds(60);

	private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(1);

	private static volatile int exitCode = 1;

	private static volatile boolean ended;

	private TrainCommand() {
	}

	/**
	 * Make the caches and exit: with 0 if they were written, and otherwise with 1 and one
	 * printed sentence that says what to do. Signals end it, and leave no half cache.
	 * @param arguments the project's folder
	 */
	public static void main(String[] arguments) {
		LauncherConsole console = System.out::println;
		try {
			LauncherSettings settings = LauncherSettings.fromEnvironment(System.getenv(), Path.of(arguments[0]));
			Training training = new Training(settings, console, Training.busyFor(LENGTH, console));
			registerShutdownHook(training, Thread.currentThread(), console);
			training.run();
			console.printLine("The services use the caches in " + settings.cacheFolder() + " at their next start.");
			exitCode = 0;
		}
		catch (StartupException ex) {
			console.printLine(ex.userMessage());
		}
		catch (InterruptedException ex) {
			// Only the shutdown hook interrupts this thread.
			Thread.currentThread().interrupt();
			return;
		}
		ended = true;
		System.exit(exitCode);
	}

	private static void registerShutdownHook(Training training, Thread main, LauncherConsole console) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				if (!ended) {
					main.interrupt();
					main.join(INTERRUPT_TIMEOUT);
				}
				training.stop();
			}
			catch (IOException | InterruptedException ex) {
				console.printLine("The Lectern of the training could not be removed: " + ex.getMessage());
			}
			Runtime.getRuntime().halt(exitCode);
		}, "stop"));
	}

}
