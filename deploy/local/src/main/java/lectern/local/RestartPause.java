package lectern.local;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a process is started again: the longer, the more often it has
 * died in a row, and never quite the same for two of them.
 *
 * @param first the pause after the first death
 * @param longest no pause is longer
 * @param steady after being up this long, a process is taken for healthy again: longer
 * than one takes to find out that it cannot start
 * @param random draws each pause from 75 to 125 % of its length
 */
record RestartPause(Duration first, Duration longest, Duration steady, RandomGenerator random) {

	static RestartPause usual() {
		return new RestartPause(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(20),
				RandomGenerator.getDefault());
	}

	/**
	 * Return the pause after a death.
	 * @param deaths how many there were in a row before this one, 0 or more
	 */
	Duration after(int deaths) {
		double doubled = this.first.toMillis() * Math.pow(2, deaths) * this.random.nextDouble(0.75, 1.25);
		return Duration.ofMillis((long) Math.min(doubled, this.longest.toMillis()));
	}

}
