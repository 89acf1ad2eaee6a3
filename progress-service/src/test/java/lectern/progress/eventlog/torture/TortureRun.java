package lectern.progress.eventlog.torture;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Eight writers in four processes and six followers on two nodes, all on one database,
 * under fault injection.
 */
final class TortureRun implements AutoCloseable {

	private final TortureDatabase database;

	private final WriteOutcomes outcomes = new WriteOutcomes();

	private final List<LogNode> nodes = new ArrayList<>();

	private final List<TortureFollower> followers = new ArrayList<>();

	private final List<WriterProcess> writers = new ArrayList<>();

	private final FaultInjection faults;

	private final LagMonitor lagMonitor;

	private final List<Future<Void>> tasks = new ArrayList<>();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	TortureRun(TortureDatabase database) {
		this.database = database;
		this.faults = new FaultInjection(database, this.outcomes);
		this.lagMonitor = new LagMonitor(database, this.followers);
	}

	/** Start the run. {@link #close} stops everything, even if the start fails. */
	void start() throws IOException {
		startFollowers();
		startWriters("one", WriterProfile.CONCURRENT, WriterProfile.CONCURRENT, WriterProfile.SLOW);
		startWriters("two", WriterProfile.CONCURRENT, WriterProfile.CONCURRENT, WriterProfile.STALLING);
		WriterProcess frozen = startWriters("frozen", WriterProfile.SLOW);
		this.writers.forEach(WriterProcess::awaitReady);
		this.tasks.add(this.executor.submit(this.faults::killWriters));
		this.tasks.add(this.executor.submit(() -> this.faults.freezeWriter(frozen)));
		this.tasks.add(this.executor.submit(this.faults::cutListeningConnections));
	}

	/** Start a run in which nothing fails, but transactions overlap. */
	void startWithoutFaults() throws IOException {
		startFollowers();
		startWriters("one", WriterProfile.CONCURRENT, WriterProfile.CONCURRENT, WriterProfile.SLOW);
		this.writers.forEach(WriterProcess::awaitReady);
	}

	private void startFollowers() {
		for (int number = 0; number < 2; number++) {
			this.nodes.add(LogNode.start(this.database.url(), "reader-" + number));
		}
		for (int number = 0; number < 2; number++) {
			this.followers.add(TortureFollower.stable("stable " + number, this.nodes.get(number)));
		}
		for (int number = 0; number < 4; number++) {
			this.followers.add(TortureFollower.reconnecting("reconnecting " + number, this.nodes));
		}
		this.tasks.add(this.executor.submit(this.lagMonitor::run));
	}

	private WriterProcess startWriters(String name, WriterProfile... profiles) throws IOException {
		WriterProcess process = WriterProcess.start(this.database.url(), TortureDatabase.WRITER_PREFIX + name,
				this.outcomes, profiles);
		this.writers.add(process);
		return process;
	}

	/**
	 * Stop the run: first the fault injection, then the writers, then the followers after
	 * they have seen all events.
	 */
	TortureResult stop() throws Exception {
		this.faults.stop();
		for (Future<Void> task : this.tasks.subList(1, this.tasks.size())) {
			task.get(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		for (WriterProcess process : this.writers) {
			assertThat(process.isAlive()).as("%s is alive", process.name()).isTrue();
			process.stop();
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> !this.database.hasWriters());
		long last = this.database.lastPosition();
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> this.followers.stream().allMatch((follower) -> follower.position() >= last));
		this.lagMonitor.stop();
		this.tasks.getFirst().get(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		for (TortureFollower follower : this.followers) {
			assertThat(follower.failure()).as("failure of %s", follower).isNull();
		}
		return result();
	}

	/** The result so far. */
	TortureResult result() throws SQLException {
		Map<TortureFollower, List<ObservedEvent>> seen = new LinkedHashMap<>();
		this.followers.forEach((follower) -> seen.put(follower, follower.seen()));
		return new TortureResult(this.database.committed(), seen);
	}

	WriteOutcomes outcomes() {
		return this.outcomes;
	}

	FaultInjection faults() {
		return this.faults;
	}

	LagMonitor lagMonitor() {
		return this.lagMonitor;
	}

	/** The number of reconnects of all followers. */
	int reconnects() {
		return this.followers.stream().mapToInt((follower) -> follower.connections() - 1).sum();
	}

	@Override
	public void close() {
		this.faults.stop();
		this.lagMonitor.stop();
		this.executor.shutdown();
		this.writers.forEach(WriterProcess::kill);
		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.tasks.stream().allMatch(Future::isDone));
		this.followers.forEach(TortureFollower::close);
		this.nodes.forEach(LogNode::close);
	}

}
