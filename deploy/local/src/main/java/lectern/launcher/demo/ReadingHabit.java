package lectern.launcher.demo;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How a simulated reader reads: seconds stand for what are minutes of a person. */
enum ReadingHabit {

	BRISK(Duration.ofSeconds(2), Duration.ofSeconds(5), 0.004, 0.012),

	STEADY(Duration.ofSeconds(6), Duration.ofSeconds(11), 0.003, 0.009),

	SLOW(Duration.ofSeconds(15), Duration.ofSeconds(28), 0.002, 0.006),

	/** The device has no connection for minutes, and then sends everything at once. */
	OFFLINE(Duration.ofSeconds(90), Duration.ofSeconds(240), 0.002, 0.01);

	private final Duration shortestPause;

	private final Duration longestPause;

	private final double shortestStep;

	private final double longestStep;

	ReadingHabit(Duration shortestPause, Duration longestPause, double shortestStep, double longestStep) {
		this.shortestPause = shortestPause;
		this.longestPause = longestPause;
		this.shortestStep = shortestStep;
		this.longestStep = longestStep;
	}

	/** Return the time until the next report, or the next list of reports. */
	Duration nextPause(RandomGenerator random) {
		return Duration.ofMillis(random.nextLong(this.shortestPause.toMillis(), this.longestPause.toMillis()));
	}

	/** Return the part of the book that is read between two reports. */
	double nextStep(RandomGenerator random) {
		return random.nextDouble(this.shortestStep, this.longestStep);
	}

	/** Return the expected number of requests of one reader in a second. */
	double requestsPerSecond() {
		return 2000.0 / (this.shortestPause.toMillis() + this.longestPause.toMillis());
	}

}
