package lectern.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Processes that belong to a data folder, found by what they run rather than by process
 * ids that were written down: those may be somebody else's by now.
 */
final class OrphanReaper {

	private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(5);

	private OrphanReaper() {
	}

	/** Return the services, known by an argument that names the data folder. */
	static List<ProcessHandle> findServices(Path data) {
		String mark = " " + ServiceProgram.dataFolderArgument(data) + " ";
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().filter((line) -> line.contains(mark)).isPresent())
			.toList();
	}

	/** Return the processes of PostgreSQL, known by the programs unpacked there. */
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
	 * Stop what a launcher that was killed has left running: services first, then
	 * PostgreSQL.
	 * @param data the data folder, by its real path, which this launcher holds
	 */
	static void stopOrphans(Path data, LauncherConsole console) throws InterruptedException {
		List<ProcessHandle> services = findServices(data);
		List<ProcessHandle> postgres = findPostgres(data);
		if (!services.isEmpty() || !postgres.isEmpty()) {
			console.printLine("Stopping what an earlier run, which was killed, left running ...");
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
