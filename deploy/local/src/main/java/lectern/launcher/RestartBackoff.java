package lectern.launcher;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a process is started again: the longer, the more often it has
 * died in a row, and never quite the same for two of them.
 *
 * @param initialDelay the pause after the first death
 * @param maxDelay no pause is longer
 * @param resetAfter after being up this long, a process is taken for healthy again:
 * longer than one takes to find out that it cannot start
 * @param random draws each pause from 75 to 125 % of its length
 */
record RestartBackoff(Duration initialDelay, Duration maxDelay, Duration resetAfter, RandomGenerator random) {

	static RestartBackoff defaults() {
		return new RestartBackoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(20),
				RandomGenerator.getDefault());
	}

	/**
	 * Return the pause after a death.
	 * @param deaths how many there were in a row before this one, 0 or more
	 */
	Duration delayAfter(int deaths) {
		double doubled = this.initialDelay.toMillis() * Math.pow(2, deaths) * this.random.nextDouble(0.75, 1.25);
		return Duration.ofMillis((long) Math.min(doubled, this.maxDelay.toMillis()));
	}

}
