package lectern.progress.eventlog.torture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tracks the maximum time that a follower took to see a committed event. The value is
 * never too small; it can be too large by the time between two observations.
 */
final class LagTracker {

	private final Deque<UnseenCommit> unseen = new ArrayDeque<>();

	private long lastObservation = System.nanoTime();

	private long committed;

	private long maximum;

	/**
	 * Record an observation.
	 * @param time the time before the positions were read, in nanoseconds
	 * @param nowCommitted the position of the last committed event
	 * @param seen the position of the last event that the follower has seen
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
	 * Committed events that the follower has not seen.
	 *
	 * @param since the time of the last observation at which they were not committed
	 * @param committed the position of the last of them
	 */
	private record UnseenCommit(long since, long committed) {
	}

}
