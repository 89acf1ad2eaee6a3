package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The folder of the PostgreSQL cluster: created once, then checked at every start. */
final class PostgresCluster {

	/** The superuser, whose password is stored in the data folder. */
	static final String SUPERUSER = "postgres";

	private PostgresCluster() {
	}

	/**
	 * Check that the bundled PostgreSQL can open an existing cluster.
	 * @param database the cluster's folder, which may be missing
	 * @param bundledVersion the major version of the bundled PostgreSQL
	 * @throws StartupException if another major version created the cluster
	 */
	static void requireVersion(Path database, String bundledVersion) throws IOException {
		Path versionFile = database.resolve("PG_VERSION");
		if (Files.exists(versionFile)) {
			String clusterVersion = Files.readString(versionFile).strip();
			if (!clusterVersion.equals(bundledVersion)) {
				throw new StartupException("The database in " + database + " was created by PostgreSQL "
						+ clusterVersion + ", and this Lectern contains PostgreSQL " + bundledVersion
						+ ": start the Lectern that created it, or set LECTERN_DATA to another folder.");
			}
		}
	}

	/**
	 * Create the cluster if it is missing. It is created in a temporary folder that is
	 * renamed at the end, so an interrupted attempt is repeated from the start.
	 */
	static void create(DataFolder data, PostgresBinaries binaries, UnprivilegedUser user, LauncherConsole console)
			throws IOException, InterruptedException {
		Path database = data.clusterFolder();
		if (Files.isDirectory(database)) {
			return;
		}
		console.printLine("Creating the database (only at the first start) ...");
		Path unfinished = database.resolveSibling(database.getFileName() + ".unfinished");
		PrivateFiles.deleteFolder(unfinished);
		data.secrets().databasePassword(SUPERUSER);
		// The builtin provider sorts and converts case in the same way on every system.
		// Full-text search splits words by the character classes of lc-ctype, which are
		// the system's.
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

	/** Return the environment of PostgreSQL's programs; on macOS they need a locale. */
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
