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
		return process.info()
			.command()
			.map(Path::of)
			.filter((command) -> command.startsWith(data) && command.endsWith("postgres"))
			.isPresent();
	}

	/**
	 * Stop the processes of an earlier run: services first, then PostgreSQL.
	 * @param data the real path of the data folder, which this launcher has locked
	 */
	static void stopOrphans(Path data, LauncherConsole console) throws InterruptedException {
		List<ProcessHandle> services = findServices(data);
		List<ProcessHandle> postgres = findPostgres(data);
		if (!services.isEmpty() || !postgres.isEmpty()) {
			console.printLine("Stopping processes left by an earlier run that was killed ...");
		}
		services.forEach(ProcessHandle::destroy);
		awaitExit(services, EXIT_TIMEOUT);
		postgres.stream()
			.filter((process) -> process.parent().filter(postgres::contains).isEmpty())
			.forEach(PostgresServer::sendInterrupt);
		awaitExit(postgres, EXIT_TIMEOUT);
	}

	/** Wait for the processes to end, and kill those that take longer than the limit. */
	static void awaitExit(List<ProcessHandle> processes, Duration limit) throws InterruptedException {
		if (!awaitAllExited(processes, limit)) {
			processes.forEach(ProcessHandle::destroyForcibly);
			awaitAllExited(processes, Duration.ofSeconds(1));
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
