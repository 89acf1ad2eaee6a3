package lectern.acceptance.attack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps what is done at a rate: when it is due next is no condition that could be waited
 * for.
 */
final class SteadyRate {

	private final long periodNanos;

	private long due = System.nanoTime();

	SteadyRate(Duration period) {
		this.periodNanos = period.toNanos();
	}

	/**
	 * Wait until the next is due, but not if it is late.
	 * @return when it was due, as {@link System#nanoTime()} tells it
	 */
	long awaitNext() {
		long next = this.due;
		this.due += this.periodNanos;
		for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
		return next;
	}

}
