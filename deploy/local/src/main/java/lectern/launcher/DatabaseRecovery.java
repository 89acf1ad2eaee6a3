package lectern.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets PostgreSQL replay the write-ahead log over a copied cluster, up to an instant or
 * to its end, and begin a new timeline.
 */
final class DatabaseRecovery {

	private static final String SCRIPT = "restore-wal.sh";

	/** It does not know Z when it reads this setting. */
	private static final DateTimeFormatter TARGET_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'")
		.withZone(ZoneOffset.UTC);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

	private static final Duration PRINT_INTERVAL = Duration.ofSeconds(10);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

	private final DataFolder data;

	private final Path prepared;

	private final UnprivilegedUser user;

	private final LauncherConsole console;

	private long printedAt = System.nanoTime();

	/**
	 * @param prepared the folder with the copied cluster
	 */
	DatabaseRecovery(DataFolder data, Path prepared, UnprivilegedUser user, LauncherConsole console) {
		this.data = data;
		this.prepared = prepared;
		this.user = user;
		this.console = console;
	}

	/**
	 * Recover the cluster, and stop its server again.
	 * @return when the last transaction was committed that it has
	 * @throws StartupException if the log does not lead to the instant, with the reason
	 */
	String run(RestoreSource source) throws IOException, SQLException, InterruptedException {
		Path cluster = this.prepared.resolve(DataFolder.CLUSTER_FOLDER);
		PrivateFiles.write(this.prepared.resolve("backups"), source.folder().path() + "\n");
		PrivateFiles.write(this.prepared.resolve(SCRIPT), WalArchiving.script(SCRIPT));
		Files.createFile(cluster.resolve("recovery.signal"));
		int port = freePort();
		PostgresServer server = new PostgresServer(PostgresBinaries.unpack(this.data.path()), this.user,
				this.data.path(), cluster, port, settings(source));
		Path log = this.prepared.resolve("recovery.log");
		ProcessBuilder builder = new ProcessBuilder(server.command()).redirectErrorStream(true)
			.redirectInput(Path.of("/dev/null").toFile())
			.redirectOutput(log.toFile());
		builder.environment().clear();
		builder.environment().putAll(server.environment());
		Process process = builder.start();
		try {
			Databases databases = new Databases(port, new Secrets(this.prepared));
			while (!server.isReady(process.toHandle())) {
				await(process, source, log);
			}
			try (Connection connection = databases.connect(PostgresCluster.SUPERUSER, PostgresCluster.SUPERUSER);
					Statement statement = connection.createStatement()) {
				String replayed = query(statement);
				while (replayed.startsWith("t ")) {
					printReplayed(replayed);
					await(process, source, log);
					replayed = query(statement);
				}
				// Its pages are then on the disk, not in the log alone.
				statement.execute("checkpoint");
				return replayed.substring(2);
			}
			catch (SQLException ex) {
				await(process, source, log);
				throw ex;
			}
		}
		finally {
			stop(server, process);
		}
	}

	private static Map<String, String> settings(RestoreSource source) {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("archive_mode", "off");
		settings.put("restore_command", "sh ../" + SCRIPT + " %f %p");
		settings.put("recovery_target_action", "promote");
		source.at().ifPresent((at) -> settings.put("recovery_target_time", TARGET_TIME.format(at)));
		return settings;
	}

	/** The port is not used by anything else, and only for minutes. */
	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** Wait a moment for a server that runs; it ends when it cannot go on. */
	private static void await(Process process, RestoreSource source, Path log)
			throws IOException, InterruptedException {
		if (process.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
			throw explain(source, Files.readAllLines(log));
		}
	}

	private static StartupException explain(RestoreSource source, List<String> lines) {
		if (lines.stream().anyMatch((line) -> line.contains("recovery ended before configured recovery target"))) {
			String end = lines.stream()
				.filter((line) -> line.contains("last completed transaction was at log time"))
				.map((line) -> line.replaceAll(".*log time ", ""))
				.reduce((_, later) -> later)
				.orElse(source.backup().manifest().finishedAt().toString());
			return new StartupException("The write-ahead log in " + source.folder().wal().folder()
					+ " does not reach the instant, because its last change is of " + end
					+ ": choose an instant before it, or leave out --at.");
		}
		String reason = lines.stream()
			.filter((line) -> line.contains("FATAL") || line.contains("PANIC"))
			.map((line) -> line.replaceAll(".*(FATAL|PANIC): +", ""))
			.findFirst()
			.orElse("PostgreSQL has ended");
		return new StartupException("The backup " + source.backup().path() + " could not be restored (" + reason
				+ "): restore another one, with --at an instant before it.");
	}

	private void printReplayed(String replayed) {
		if (System.nanoTime() - this.printedAt > PRINT_INTERVAL.toNanos()) {
			this.printedAt = System.nanoTime();
			this.console.printLine("Replayed the changes up to " + replayed.substring(2) + " ...");
		}
	}

	/** Return whether the recovery goes on, and the time of the last change. */
	private static String query(Statement statement) throws SQLException {
		try (ResultSet rows = statement.executeQuery("""
				select case when pg_is_in_recovery() then 't ' else 'f ' end || coalesce(to_char(
				    pg_last_xact_replay_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'the backup')
				""")) {
			rows.next();
			return rows.getString(1);
		}
	}

	/** Also after an interrupt: nothing may write into the folder any more. */
	private static void stop(PostgresServer server, Process process) throws InterruptedException {
		boolean interrupted = Thread.interrupted();
		if (process.isAlive()) {
			server.requestStop(process.toHandle());
		}
		if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
			server.forceStop(process.toHandle());
			process.waitFor();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
