package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The embedded PostgreSQL: the real thing, with its durability on, reachable from this
 * machine alone and with a password alone.
 *
 * @param binaries its programs
 * @param user who runs it
 * @param dataFolder the data folder, by its real path
 * @param clusterFolder the folder of its cluster
 * @param port the port on 127.0.0.1
 */
record PostgresServer(PostgresBinaries binaries, UnprivilegedUser user, Path dataFolder, Path clusterFolder,
		int port) implements Program {

	/** How long what is left of a killed server may take to notice. */
	private static final Duration ORPHAN_EXIT_TIMEOUT = Duration.ofSeconds(5);

	private static final int STATUS_LINE = 7;

	@Override
	public String name() {
		return "postgresql";
	}

	@Override
	public List<String> command() {
		List<String> command = new ArrayList<>();
		command.add(this.binaries.program("postgres").toString());
		command.add("-D");
		command.add(this.clusterFolder.toString());
		// On the command line, so that no file of the cluster can turn them off.
		addSetting(command, "fsync", "on");
		addSetting(command, "full_page_writes", "on");
		addSetting(command, "synchronous_commit", "on");
		if (PostgresCluster.isMac()) {
			// There, an ordinary fsync stops at the disk's cache.
			addSetting(command, "wal_sync_method", "fsync_writethrough");
		}
		addSetting(command, "password_encryption", "scram-sha-256");
		addSetting(command, "listen_addresses", "127.0.0.1");
		addSetting(command, "unix_socket_directories", "");
		addSetting(command, "port", Integer.toString(this.port));
		addSetting(command, "timezone", "UTC");
		addSetting(command, "log_timezone", "UTC");
		return this.user.wrapCommand(command);
	}

	private static void addSetting(List<String> command, String name, String value) {
		command.add("-c");
		command.add(name + "=" + value);
	}

	@Override
	public Map<String, String> environment() {
		return PostgresCluster.environment();
	}

	/**
	 * See the processes of a killed server gone: while one of them lives, PostgreSQL
	 * rightly refuses to open the cluster again. Its stale {@code postmaster.pid} is its
	 * own business.
	 */
	@Override
	public void cleanUpPreviousRun() throws InterruptedException {
		OrphanReaper.awaitExit(OrphanReaper.findPostgres(this.dataFolder), ORPHAN_EXIT_TIMEOUT);
	}

	/** Read readiness where the server itself writes it, as {@code pg_ctl} does. */
	@Override
	public boolean isReady(ProcessHandle process) {
		try {
			List<String> lines = Files.readAllLines(this.clusterFolder.resolve("postmaster.pid"));
			return lines.size() > STATUS_LINE && lines.getFirst().equals(Long.toString(process.pid()))
					&& lines.get(STATUS_LINE).strip().equals("ready");
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Ask for a fast shutdown, which is SIGINT: at SIGTERM it would wait for its clients.
	 */
	@Override
	public void requestStop(ProcessHandle process) {
		sendInterrupt(process);
	}

	static void sendInterrupt(ProcessHandle process) {
		try {
			new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start();
		}
		catch (IOException ex) {
			process.destroy();
		}
	}

}
