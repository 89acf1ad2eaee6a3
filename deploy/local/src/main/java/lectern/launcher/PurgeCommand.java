package lectern.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Removes what is left of erased readers in the files of a running Lectern: in its
 * databases and its logs.
 */
public final class PurgeCommand {

	private PurgeCommand() {
	}

	/**
	 * Purge the Lectern of a data folder. Prints one sentence; if it fails, the exit code
	 * is 1.
	 * @param arguments the project's folder
	 */
	public static void main(String[] arguments) {
		Path root = Path.of((arguments.length > 0) ? arguments[0] : "");
		try {
			run(LauncherSettings.fromEnvironment(System.getenv(), root), System.out::println);
		}
		catch (StartupException ex) {
			System.out.println(ex.userMessage());
			System.exit(1);
		}
	}

	static void run(LauncherSettings settings, LauncherConsole console) {
		Path data = settings.dataFolder();
		if (!Files.isDirectory(data.resolve("secrets"))) {
			throw new StartupException("There is no Lectern in " + data + ": set LECTERN_DATA to its data folder.");
		}
		DatabasePurge purge = new DatabasePurge(new Databases(settings.ports().postgres(), new Secrets(data)));
		try {
			int unfinished = purge.countUnfinishedErasures();
			purge.run();
			clearLogs(data.resolve(DataFolder.LOG_FOLDER));
			console.printLine("The databases and logs of " + data + " contain nothing more of readers whose erasure "
					+ "was complete."
					+ ((unfinished > 0) ? " Not complete yet: " + unfinished + "; purge again in an hour." : ""));
		}
		catch (SQLException ex) {
			throw new StartupException("The databases were not purged (" + ex.getMessage()
					+ "): Lectern must run, and LECTERN_DATA and LECTERN_PORT must be those of its start.");
		}
		catch (IOException ex) {
			throw DataFolder.unusableException(data, ex);
		}
	}

	/** Each program goes on writing to its file. */
	private static void clearLogs(Path folder) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.log")) {
			for (Path file : files) {
				new ProgramLogFile(file).clear();
			}
		}
	}

}
