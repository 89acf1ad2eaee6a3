package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** Makes a backup of a running Lectern. */
public final class BackupCommand {

	private static final int USAGE_EXIT_CODE = 2;

	private BackupCommand() {
	}

	/**
	 * Make a backup of the Lectern of a data folder. Prints how far it is, and one
	 * sentence at the end. The exit code is 0 if there is a new backup, 1 if there is
	 * not, and 2 if the arguments are wrong.
	 * @param arguments the project's folder, and the folder of the backups
	 */
	public static void main(String[] arguments) {
		LauncherConsole console = System.out::println;
		if (arguments.length != 2 || arguments[1].isBlank() || arguments[1].startsWith("-")) {
			console.printLine("usage: lectern backup DIR");
			System.exit(USAGE_EXIT_CODE);
		}
		Path folder = Path.of(arguments[1]).toAbsolutePath().normalize();
		System.exit(CommandMain.run("backup", folder, console,
				() -> run(LauncherSettings.fromEnvironment(System.getenv(), Path.of(arguments[0])), folder, console)));
	}

	static void run(LauncherSettings settings, Path folder, LauncherConsole console)
			throws IOException, SQLException, InterruptedException {
		Path data = settings.dataFolder();
		if (!Files.isDirectory(data.resolve("secrets"))) {
			throw new StartupException("There is no Lectern in " + data + ": set LECTERN_DATA to its data folder.");
		}
		Path real = data.toRealPath();
		if (folder.startsWith(data) || folder.startsWith(real)) {
			throw new StartupException("The folder " + folder
					+ " is in the data folder and would be lost with it: choose another one, best on another disk.");
		}
		if (!ProcessRunner.isOnPath("gzip")) {
			throw new StartupException(
					"The program gzip is missing, which compresses the write-ahead log: install it.");
		}
		requireWritable(real.resolve(WalArchiving.FOLDER));
		Databases databases = new Databases(settings.ports().postgres(), new Secrets(real));
		Path backup = new DatabaseBackup(real, databases, console).run(folder, Duration.ofDays(settings.backupDays()));
		console.printLine("The backup is complete: " + backup
				+ ". From now on the write-ahead log is copied there, too, at least once a minute.");
	}

	private static void requireWritable(Path folder) {
		if (!Files.isWritable(folder)) {
			throw new StartupException("The folder " + folder
					+ " does not exist or cannot be written: run this as the user of a Lectern that runs.");
		}
	}

}
