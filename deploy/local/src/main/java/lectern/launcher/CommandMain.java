package lectern.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Runs a command that works for long and that a signal may stop. */
final class CommandMain {

	private CommandMain() {
	}

	/** The work of a command. */
	interface Work {

		void run() throws IOException, SQLException, InterruptedException;

	}

	/**
	 * Run a command and return its exit code.
	 * @param name the subject of the sentence that is printed after a signal
	 * @param folder the folder that is written to, for the sentence about a failure
	 */
	static int run(String name, Path folder, LauncherConsole console, Work work) {
		try (StoppableCommand command = new StoppableCommand()) {
			Optional<String> failure = failure(folder, work);
			if (command.isStopping()) {
				console.printLine("The " + name + " was stopped, and nothing of it is left.");
				return 1;
			}
			failure.ifPresent(console::printLine);
			return failure.isPresent() ? 1 : 0;
		}
	}

	private static Optional<String> failure(Path folder, Work work) {
		try {
			work.run();
			return Optional.empty();
		}
		catch (StartupException ex) {
			return Optional.of(ex.userMessage());
		}
		catch (IOException ex) {
			return Optional.of("The folder " + folder + " cannot be used (" + ex.getClass().getSimpleName() + ": "
					+ ex.getMessage() + "): free some space, or correct its permissions.");
		}
		catch (SQLException ex) {
			return Optional.of("The database was not copied (" + ex.getMessage()
					+ "): Lectern must run, and LECTERN_DATA and LECTERN_PORT must be those of its start.");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.of("Interrupted.");
		}
	}

}
