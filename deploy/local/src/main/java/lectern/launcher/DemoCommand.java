package lectern.launcher;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import lectern.launcher.demo.DemoException;
import lectern.launcher.demo.DemoRemoval;

/**
 * Ends the demo of a Lectern that runs on this machine. {@code ./lectern demo} starts
 * this class.
 */
public final class DemoCommand {

	static final String USAGE = """
			usage: lectern demo stop    stop the simulated readers; lectern up --demo starts them again
			       lectern demo forget  stop and erase them, and remove the books that the demo has brought
			       lectern demo help    show this text

			Books and learning paths that were there before, or that other readers use, are kept.
			Lectern must run on this machine. LECTERN_PORT, LECTERN_DATA and LECTERN_ADMIN_PASSWORD
			are those of lectern up.
			""";

	private static final int USAGE_ERROR = 2;

	private DemoCommand() {
	}

	/**
	 * Run a command and exit: with 0 if it was done, with 1 and a printed sentence if
	 * not, and with 2 if there is no such command.
	 * @param arguments the project's folder and the command
	 */
	public static void main(String[] arguments) {
		List<String> command = Arrays.asList(arguments).subList(1, arguments.length);
		try {
			LauncherSettings settings = LauncherSettings.fromEnvironment(System.getenv(), Path.of(arguments[0]));
			System.exit(execute(command, settings, System.out::println));
		}
		catch (StartupException ex) {
			System.err.println(ex.userMessage());
			System.exit(1);
		}
	}

	/** Execute a command; return the exit code. */
	static int execute(List<String> command, LauncherSettings settings, LauncherConsole console) {
		DemoRemoval removal = new DemoRemoval(DemoFolder.settings(settings, console));
		try {
			switch (String.join(" ", command)) {
				case "stop" -> removal.stopReaders();
				case "forget" -> removal.forget(new ReaderUsage(settings));
				case "help", "-h", "--help" -> console.printLine(USAGE.strip());
				default -> {
					console.printLine(USAGE.strip());
					return USAGE_ERROR;
				}
			}
			return 0;
		}
		catch (DemoException ex) {
			console.printLine(ex.userMessage());
			return 1;
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return 1;
		}
	}

}
