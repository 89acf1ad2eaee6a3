package lectern.local;

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
final class OwnProcesses {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private OwnProcesses() {
	}

	/** Return the services, known by an argument that names the data folder. */
	static List<ProcessHandle> services(Path data) {
		String mark = " " + Service.mark(data) + " ";
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().filter((line) -> line.contains(mark)).isPresent())
			.toList();
	}

	/** Return the processes of PostgreSQL, known by the programs unpacked there. */
	static List<ProcessHandle> postgres(Path data) {
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
	static void stopLeftovers(Path data, Console console) throws InterruptedException {
		List<ProcessHandle> services = services(data);
		List<ProcessHandle> postgres = postgres(data);
		if (!services.isEmpty() || !postgres.isEmpty()) {
			console.say("Stopping what an earlier run, which was killed, left running ...");
		}
		services.forEach(ProcessHandle::destroy);
		awaitEnd(services, PATIENCE);
		postgres.stream()
			.filter((process) -> process.parent().filter(postgres::contains).isEmpty())
			.forEach(PostgresServer::interrupt);
		awaitEnd(postgres, PATIENCE);
	}

	/** Wait for the processes to end, and kill those that take longer than the limit. */
	static void awaitEnd(List<ProcessHandle> processes, Duration limit) throws InterruptedException {
		if (!ended(processes, limit)) {
			processes.forEach(ProcessHandle::destroyForcibly);
			ended(processes, Duration.ofSeconds(1));
		}
	}

	private static boolean ended(List<ProcessHandle> processes, Duration limit) throws InterruptedException {
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
