package lectern.progress.eventlog.torture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long one follower took to see what was committed, at the worst. Never too small,
 * too large by the time between two looks.
 */
final class LagTracker {

	private final Deque<UnseenCommit> unseen = new ArrayDeque<>();

	private long lastObservation = System.nanoTime();

	private long committed;

	private long maximum;

	/**
	 * Look.
	 * @param time before the others were looked at, in nanoseconds
	 * @param nowCommitted the last position that is committed
	 * @param seen the last position that the follower has seen
	 */
	synchronized void observe(long time, long nowCommitted, long seen) {
		if (nowCommitted > this.committed) {
			this.committed = nowCommitted;
			this.unseen.add(new UnseenCommit(this.lastObservation, nowCommitted));
		}
		this.lastObservation = time;
		while (!this.unseen.isEmpty()) {
			this.maximum = Math.max(this.maximum, System.nanoTime() - this.unseen.getFirst().since());
			if (this.unseen.getFirst().committed() > seen) {
				break;
			}
			this.unseen.remove();
		}
	}

	synchronized Duration maximum() {
		return Duration.ofNanos(this.maximum);
	}

	/**
	 * Events that were committed.
	 *
	 * @param since when they were not yet
	 */
	private record UnseenCommit(long since, long committed) {
	}

}
