package lectern.progress.log.torture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks all the time how far followers are, and how long transactions last. */
final class Watch {

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private final TorturedDatabase database;

	private final List<Follower> followers;

	private final CountDownLatch over = new CountDownLatch(1);

	private volatile Duration longestTransaction = Duration.ZERO;

	Watch(TorturedDatabase database, List<Follower> followers) {
		this.database = database;
		this.followers = followers;
	}

	/** Look again and again until it is told to end. */
	Void look() throws InterruptedException, SQLException {
		while (!this.over.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
			long time = System.nanoTime();
			long committed = this.database.lastPosition();
			this.followers.forEach((follower) -> follower.lag().look(time, committed, follower.position()));
			Duration oldest = this.database.oldestTransaction();
			if (oldest.compareTo(this.longestTransaction) > 0) {
				this.longestTransaction = oldest;
			}
		}
		return null;
	}

	void end() {
		this.over.countDown();
	}

	/** The longest time that a follower took to see what was committed. */
	Duration greatestLag() {
		return this.followers.stream()
			.map((follower) -> follower.lag().greatest())
			.max(Duration::compareTo)
			.orElseThrow();
	}

	/** The longest time that a writer's transaction was open. */
	Duration longestTransaction() {
		return this.longestTransaction;
	}

}
