package lectern.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Restores a Lectern from a folder of backups. Lectern must not run. */
public final class RestoreCommand {

	private static final int USAGE_EXIT_CODE = 2;

	private static final String AT = "--at";

	private RestoreCommand() {
	}

	/**
	 * Restore into the data folder. Prints how far it is, and one sentence at the end.
	 * The exit code is 0 if Lectern was restored, 1 if not, and 2 if the arguments are
	 * wrong.
	 * @param arguments the project's folder, and the folder of the backups; then
	 * {@code --at} and an instant, or the newest state is restored
	 */
	public static void main(String[] arguments) {
		LauncherConsole console = System.out::println;
		boolean withInstant = arguments.length == 4 && arguments[2].equals(AT);
		if (arguments.length != 2 && !withInstant || arguments[1].isBlank() || arguments[1].startsWith("-")) {
			console.printLine("usage: lectern restore DIR [--at INSTANT]");
			System.exit(USAGE_EXIT_CODE);
		}
		Path folder = Path.of(arguments[1]).toAbsolutePath().normalize();
		System.exit(CommandMain.run("restore", folder, console, () -> {
			Optional<Instant> at = withInstant ? Optional.of(parseInstant(arguments[3], Instant.now()))
					: Optional.empty();
			run(LauncherSettings.fromEnvironment(System.getenv(), Path.of(arguments[0])), folder, at, console);
		}));
	}

	/**
	 * Parse an instant of the past.
	 * @throws StartupException if it is none
	 */
	static Instant parseInstant(String text, Instant now) {
		Instant at;
		try {
			at = OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeException _) {
			throw new StartupException(
					"\"" + text + "\" is no instant: write it like 2026-11-30T09:30:00Z, with Z or an offset.");
		}
		if (at.isAfter(now)) {
			throw new StartupException("The instant " + at + " is in the future: choose an earlier one, or leave out "
					+ AT + " to restore the newest state.");
		}
		return at;
	}

	static void run(LauncherSettings settings, Path folder, Optional<Instant> at, LauncherConsole console)
			throws IOException, SQLException, InterruptedException {
		RestoreSource source = new RestoreSource(BackupFolder.open(folder), at);
		source.requireFit(new Installation(settings.root()));
		UnprivilegedUser user = UnprivilegedUser.detect();
		try (DataFolder data = DataFolder.open(settings.dataFolder(), DataFolder.MIN_FREE_BYTES)) {
			OrphanReaper.stopOrphans(data.path(), console);
			DatabaseRestore restore = new DatabaseRestore(data, settings.erasureFolder(), user, console);
			restore.run(source);
			console.printLine("Start Lectern now with lectern up. Clients will read everything again. Then run lectern "
					+ "backup, because nothing is copied to the backups until you do.");
		}
	}

}
