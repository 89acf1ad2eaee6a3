package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The folder of a PostgreSQL cluster: made once, then checked at every start. */
final class PostgresCluster {

	/** The role that may do everything; its password is a secret of the data folder. */
	static final String SUPERUSER = "postgres";

	private PostgresCluster() {
	}

	/**
	 * Refuse a cluster that this PostgreSQL cannot open.
	 * @throws StartupException if another major version made it
	 */
	static void requireVersion(Path database, String ours) throws IOException {
		Path version = database.resolve("PG_VERSION");
		if (Files.exists(version)) {
			String theirs = Files.readString(version).strip();
			if (!theirs.equals(ours)) {
				throw new StartupException("The database in " + database + " was made by PostgreSQL " + theirs
						+ ", and this Lectern brings PostgreSQL " + ours
						+ ": run it with the Lectern that made it, or set LECTERN_DATA to another folder.");
			}
		}
	}

	/**
	 * Make the cluster unless it is there. A killed making leaves no more than a folder
	 * under another name, and is done anew.
	 */
	static void create(DataFolder data, PostgresBinaries binaries, UnprivilegedUser user, LauncherConsole console)
			throws IOException, InterruptedException {
		Path database = data.clusterFolder();
		if (Files.isDirectory(database)) {
			return;
		}
		console.printLine("Making the database (at the first start only) ...");
		Path unfinished = database.resolveSibling(database.getFileName() + ".unfinished");
		PrivateFiles.deleteFolder(unfinished);
		data.secrets().databasePassword(SUPERUSER);
		// Sorting and case by the builtin provider are the same on every system; the
		// character classes that full-text search splits words by are the system's.
		ProcessRunner.ProcessResult result = ProcessRunner
			.run(user.wrapCommand(List.of(binaries.program("initdb").toString(), "-D", unfinished.toString(), "-U",
					SUPERUSER, "--pwfile=" + data.secrets().passwordFile(SUPERUSER), "--auth=scram-sha-256",
					"--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
					"--lc-ctype=" + locale(), "--data-checksums")), environment());
		if (!result.succeeded()) {
			throw new IOException("initdb failed: " + result.output().strip().replaceAll("(?s).*\n", ""));
		}
		Files.move(unfinished, database, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Return the environment for PostgreSQL's programs; on macOS they need a locale. */
	static Map<String, String> environment() {
		Map<String, String> environment = new LinkedHashMap<>(System.getenv());
		environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
		environment.put("LC_ALL", locale());
		return environment;
	}

	private static String locale() {
		return isMac() ? "en_US.UTF-8" : "C.UTF-8";
	}

	static boolean isMac() {
		return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
	}

}
