package lectern.progress.eventlog.torture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Observes the lag of followers and the age of transactions. */
final class LagMonitor {

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private final TortureDatabase database;

	private final List<TortureFollower> followers;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private volatile Duration longestTransaction = Duration.ZERO;

	LagMonitor(TortureDatabase database, List<TortureFollower> followers) {
		this.database = database;
		this.followers = followers;
	}

	/** Observe until stopped. */
	Void run() throws InterruptedException, SQLException {
		while (!this.stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
			long time = System.nanoTime();
			long committed = this.database.lastPosition();
			this.followers.forEach((follower) -> follower.lag().observe(time, committed, follower.position()));
			Duration oldest = this.database.oldestTransaction();
			if (oldest.compareTo(this.longestTransaction) > 0) {
				this.longestTransaction = oldest;
			}
		}
		return null;
	}

	void stop() {
		this.stopped.countDown();
	}

	/** The maximum time that a follower took to see a committed event. */
	Duration maximumLag() {
		return this.followers.stream()
			.map((follower) -> follower.lag().maximum())
			.max(Duration::compareTo)
			.orElseThrow();
	}

	/** The maximum age of a transaction of a writer. */
	Duration longestTransaction() {
		return this.longestTransaction;
	}

}
