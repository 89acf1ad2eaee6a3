package lectern.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds and stops processes that a killed launcher left running. They are recognised by
 * their command line: a process id from a file may belong to another program by now.
 */
final class OrphanReaper {

	private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(5);

	/** A checkpoint on a busy disk takes time. */
	private static final Duration DATABASE_EXIT_TIMEOUT = Duration.ofSeconds(60);

	private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

	private OrphanReaper() {
	}

	/** Return the services, recognised by an argument that names the data folder. */
	static List<ProcessHandle> findServices(Path data) {
		String argument = " " + ServiceProgram.dataFolderArgument(data) + " ";
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().filter((line) -> line.contains(argument)).isPresent())
			.toList();
	}

	/** Return the processes of PostgreSQL, whose program is in the data folder. */
	static List<ProcessHandle> findPostgres(Path data) {
		return ProcessHandle.allProcesses().filter((process) -> isPostgres(process, data)).toList();
	}

	private static boolean isPostgres(ProcessHandle process, Path data) {
		return isPostgres(process)
				&& process.info().command().filter((command) -> Path.of(command).startsWith(data)).isPresent();
	}

	/** Return whether a process is a PostgreSQL, of any data folder. */
	static boolean isPostgres(ProcessHandle process) {
		return process.info().command().filter((command) -> Path.of(command).endsWith("postgres")).isPresent();
	}

	/**
	 * Stop the processes of an earlier run: services first, then PostgreSQL, which is
	 * never killed.
	 * @param data the real path of the data folder, which this launcher has locked
	 * @throws StartupException if PostgreSQL does not end
	 */
	static void stopOrphans(Path data, LauncherConsole console) throws InterruptedException {
		stopOrphans(data, console, DATABASE_EXIT_TIMEOUT);
	}

	static void stopOrphans(Path data, LauncherConsole console, Duration databaseTimeout) throws InterruptedException {
		List<ProcessHandle> services = findServices(data);
		List<ProcessHandle> postgres = findPostgres(data);
		if (!services.isEmpty() || !postgres.isEmpty()) {
			console.printLine("Stopping processes left by an earlier run that was killed ...");
		}
		services.forEach(ProcessHandle::destroy);
		if (!awaitAllExited(services, EXIT_TIMEOUT)) {
			services.forEach(ProcessHandle::destroyForcibly);
			awaitAllExited(services, Duration.ofSeconds(1));
		}
		stopPostgres(postgres, console, databaseTimeout);
	}

	private static void stopPostgres(List<ProcessHandle> postgres, LauncherConsole console, Duration limit)
			throws InterruptedException {
		List<ProcessHandle> roots = postgres.stream()
			.filter((process) -> process.parent().filter(postgres::contains).isEmpty())
			.toList();
		roots.forEach(PostgresServer::requestFastShutdown);
		if (awaitAllExited(postgres, limit)) {
			return;
		}
		console.printLine("postgresql did not stop in time and ends without a checkpoint; it recovers now");
		roots.forEach(PostgresServer::requestImmediateShutdown);
		if (!awaitAllExited(postgres, limit)) {
			throw StartupException.temporary("The PostgreSQL of an earlier run (process "
					+ postgres.stream().filter(OrphanReaper::isRunning).findFirst().map(ProcessHandle::pid).orElse(-1L)
					+ ") does not end: look what its disk does, and start again when the process has ended.");
		}
	}

	/**
	 * Wait a while for the child processes of a PostgreSQL that was killed. They end when
	 * they notice that it is gone; one that is busy notices late and is asked to end.
	 */
	static void awaitPostgresChildren(Path data) throws InterruptedException {
		List<ProcessHandle> children = findPostgres(data);
		if (!awaitAllExited(children, EXIT_TIMEOUT)) {
			children.forEach(PostgresServer::requestImmediateShutdown);
			awaitAllExited(children, EXIT_TIMEOUT);
		}
	}

	private static boolean awaitAllExited(List<ProcessHandle> processes, Duration limit) throws InterruptedException {
		long begin = System.nanoTime();
		while (processes.stream().anyMatch(OrphanReaper::isRunning)) {
			if (System.nanoTime() - begin > limit.toNanos()) {
				return false;
			}
			LockSupport.parkNanos(POLL_NANOS);
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
		return true;
	}

	/**
	 * Return whether a process has not ended. A zombie has: it is alive to the system,
	 * but has no command any more. An orphan can stay one for seconds where the first
	 * process of a container is slow to reap it.
	 */
	static boolean isRunning(ProcessHandle process) {
		return process.isAlive() && process.info().command().isPresent();
	}

}
