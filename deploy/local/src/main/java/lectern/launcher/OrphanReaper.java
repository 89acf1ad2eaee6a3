package lectern.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds and stops processes that a killed launcher left running. They are recognised by
 * their command line: a process id from a file may belong to another program by now.
 */
final class OrphanReaper {

	private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(5);

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
		CompletableFuture<?>[] ends = processes.stream()
			.map(ProcessHandle::onExit)
			.toArray(CompletableFuture<?>[]::new);
		try {
			CompletableFuture.allOf(ends).get(limit.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
	}

}
