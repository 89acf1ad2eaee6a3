package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The embedded PostgreSQL server, with all durability settings on. It listens on the
 * loopback address only and requires a password.
 *
 * @param binaries the programs of PostgreSQL
 * @param user the user that runs the server
 * @param dataFolder the real path of the data folder
 * @param clusterFolder the folder of the cluster
 * @param port the port on 127.0.0.1
 * @param settings further settings of this run
 */
record PostgresServer(PostgresBinaries binaries, UnprivilegedUser user, Path dataFolder, Path clusterFolder, int port,
		Map<String, String> settings) implements Program {

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
		// Command-line settings override those in the cluster's configuration files.
		addSetting(command, "fsync", "on");
		addSetting(command, "full_page_writes", "on");
		addSetting(command, "synchronous_commit", "on");
		if (PostgresCluster.isMac()) {
			// On macOS, plain fsync leaves data in the cache of the disk.
			addSetting(command, "wal_sync_method", "fsync_writethrough");
		}
		addSetting(command, "password_encryption", "scram-sha-256");
		addSetting(command, "listen_addresses", "127.0.0.1");
		addSetting(command, "unix_socket_directories", "");
		addSetting(command, "port", Integer.toString(this.port));
		addSetting(command, "timezone", "UTC");
		addSetting(command, "log_timezone", "UTC");
		this.settings.forEach((name, value) -> addSetting(command, name, value));
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
	 * Wait until the child processes of a killed server have ended: while one of them
	 * runs, PostgreSQL refuses to open the cluster, so the start is repeated later.
	 * PostgreSQL itself handles a stale {@code postmaster.pid}.
	 */
	@Override
	public void cleanUpPreviousRun() throws InterruptedException {
		OrphanReaper.awaitPostgresChildren(this.dataFolder);
	}

	/** Read the status from {@code postmaster.pid}, as {@code pg_ctl} does. */
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
	 * Request a fast shutdown by SIGINT: after SIGTERM the server would wait until all
	 * clients have disconnected.
	 */
	@Override
	public void requestStop(ProcessHandle process) {
		requestFastShutdown(process);
	}

	/**
	 * Request an immediate shutdown. PostgreSQL is never killed: then it could not end
	 * its child processes.
	 */
	@Override
	public String forceStop(ProcessHandle process) {
		requestImmediateShutdown(process);
		return "ends without a checkpoint; it recovers at the next start, and loses nothing";
	}

	/** Ask the server to disconnect its clients, write a checkpoint and end. */
	static void requestFastShutdown(ProcessHandle process) {
		send("INT", process);
	}

	/** Ask the server, or one of its child processes, to end without a checkpoint. */
	static void requestImmediateShutdown(ProcessHandle process) {
		send("QUIT", process);
	}

	private static void send(String signal, ProcessHandle process) {
		try {
			new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid()).start();
		}
		catch (IOException ex) {
			process.destroy();
		}
	}

}
