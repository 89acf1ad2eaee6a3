package lectern.progress.log.torture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How long one follower has been behind what was committed, at the worst. */
final class Lag {

	private final Deque<Sample> ahead = new ArrayDeque<>();

	private long greatest;

	/**
	 * Look.
	 * @param time before either of the others was looked at, in nanoseconds
	 * @param committed the last position that was committed
	 * @param seen the last position that the follower has seen
	 */
	synchronized void look(long time, long committed, long seen) {
		this.ahead.add(new Sample(time, committed));
		while (!this.ahead.isEmpty() && this.ahead.getFirst().committed() <= seen) {
			this.ahead.remove();
		}
		if (!this.ahead.isEmpty()) {
			this.greatest = Math.max(this.greatest, time - this.ahead.getFirst().time());
		}
	}

	synchronized Duration greatest() {
		return Duration.ofNanos(this.greatest);
	}

	private record Sample(long time, long committed) {
	}

}
