package lectern.launcher;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter between restarts of a process.
 *
 * @param initialDelay the delay after the first failure
 * @param maxDelay the longest delay
 * @param resetAfter a process that ran this long counts as healthy and its failures are
 * forgotten; longer than a process takes to detect that it cannot start
 * @param random the source of the jitter: a delay is 75 to 125 % of its nominal value
 */
record RestartBackoff(Duration initialDelay, Duration maxDelay, Duration resetAfter, RandomGenerator random) {

	static RestartBackoff defaults() {
		return new RestartBackoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(20),
				RandomGenerator.getDefault());
	}

	/**
	 * Return the delay before the next start.
	 * @param previousFailures consecutive failures before the current one, 0 or more
	 */
	Duration delayAfter(int previousFailures) {
		double millis = this.initialDelay.toMillis() * Math.pow(2, previousFailures)
				* this.random.nextDouble(0.75, 1.25);
		return Duration.ofMillis((long) Math.min(millis, this.maxDelay.toMillis()));
	}

}
