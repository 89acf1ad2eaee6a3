package lectern.progress.log.torture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long one follower took to see what was committed, at the worst. Never too small,
 * too large by the time between two looks.
 */
final class Lag {

	private final Deque<Growth> unseen = new ArrayDeque<>();

	private long lastLook = System.nanoTime();

	private long committed;

	private long greatest;

	/**
	 * Look.
	 * @param time before the others were looked at, in nanoseconds
	 * @param nowCommitted the last position that is committed
	 * @param seen the last position that the follower has seen
	 */
	synchronized void look(long time, long nowCommitted, long seen) {
		if (nowCommitted > this.committed) {
			this.committed = nowCommitted;
			this.unseen.add(new Growth(this.lastLook, nowCommitted));
		}
		this.lastLook = time;
		while (!this.unseen.isEmpty()) {
			this.greatest = Math.max(this.greatest, System.nanoTime() - this.unseen.getFirst().since());
			if (this.unseen.getFirst().committed() > seen) {
				break;
			}
			this.unseen.remove();
		}
	}

	synchronized Duration greatest() {
		return Duration.ofNanos(this.greatest);
	}

	/**
	 * Events that were committed.
	 *
	 * @param since when they were not yet
	 */
	private record Growth(long since, long committed) {
	}

}
