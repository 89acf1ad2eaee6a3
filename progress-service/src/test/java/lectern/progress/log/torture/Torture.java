package lectern.progress.log.torture;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Eight writers in four processes and six followers on two nodes, all on one database,
 * and everything that can be done to them.
 */
final class Torture implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final TorturedDatabase database;

	private final Outcomes outcomes = new Outcomes();

	private final List<Node> nodes = new ArrayList<>();

	private final List<Follower> followers = new ArrayList<>();

	private final List<WriterProcess> writers = new ArrayList<>();

	private final Torments torments;

	private final Watch watch;

	private final List<Future<Void>> going = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	Torture(TorturedDatabase database) {
		this.database = database;
		this.torments = new Torments(database, this.outcomes);
		this.watch = new Watch(database, this.followers);
	}

	/** Begin it; all that it needs is closed with it, even if it does not come about. */
	void begin() throws IOException {
		for (int number = 0; number < 2; number++) {
			this.nodes.add(Node.start(this.database.url(), "reader-" + number));
		}
		for (int number = 0; number < 2; number++) {
			this.followers.add(Follower.steady("steady " + number, this.nodes.get(number)));
		}
		for (int number = 0; number < 4; number++) {
			this.followers.add(Follower.restless("restless " + number, this.nodes));
		}
		this.going.add(this.threads.submit(this.watch::look));
		start("one", Habit.ORDINARY, Habit.ORDINARY, Habit.DAWDLING);
		start("two", Habit.ORDINARY, Habit.ORDINARY, Habit.STUBBORN);
		WriterProcess frozen = start("frozen", Habit.DAWDLING);
		this.writers.forEach(WriterProcess::awaitReady);
		this.going.add(this.threads.submit(this.torments::kill));
		this.going.add(this.threads.submit(() -> this.torments.freeze(frozen)));
		this.going.add(this.threads.submit(this.torments::cut));
	}

	private WriterProcess start(String name, Habit... habits) throws IOException {
		WriterProcess process = WriterProcess.start(this.database.url(), TorturedDatabase.WRITER + name, this.outcomes,
				habits);
		this.writers.add(process);
		return process;
	}

	/**
	 * End it: first the torments, then the writers, and the followers once they have seen
	 * it all.
	 */
	Findings end() throws Exception {
		this.torments.end();
		for (Future<Void> torment : this.going.subList(1, this.going.size())) {
			torment.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		for (WriterProcess process : this.writers) {
			assertThat(process.isAlive()).as("%s is alive", process.name()).isTrue();
			process.end();
		}
		Awaitility.await().atMost(LIMIT).until(() -> !this.database.hasWriters());
		long last = this.database.lastPosition();
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> this.followers.stream().allMatch((follower) -> follower.position() >= last));
		this.watch.end();
		this.going.getFirst().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		for (Follower follower : this.followers) {
			assertThat(follower.failure()).as("failure of %s", follower).isNull();
		}
		return findings();
	}

	/** What can be found by now. */
	Findings findings() throws SQLException {
		Map<Follower, List<Logged>> seen = new LinkedHashMap<>();
		this.followers.forEach((follower) -> seen.put(follower, follower.seen()));
		return new Findings(this.database.committed(), seen);
	}

	Outcomes outcomes() {
		return this.outcomes;
	}

	Torments torments() {
		return this.torments;
	}

	Watch watch() {
		return this.watch;
	}

	/** How often followers left and came back. */
	int reconnects() {
		return this.followers.stream().mapToInt((follower) -> follower.connections() - 1).sum();
	}

	@Override
	public void close() {
		this.torments.end();
		this.watch.end();
		this.threads.shutdown();
		this.writers.forEach(WriterProcess::kill);
		Awaitility.await().atMost(LIMIT).until(() -> this.going.stream().allMatch(Future::isDone));
		this.followers.forEach(Follower::close);
		this.nodes.forEach(Node::close);
	}

}
