package lectern.progress.publicactivity;

import java.time.Duration;
import java.time.Instant;

/**
 * How many read a book in one minute. Told when the minute is over, and never corrected.
 *
 * @param minute when it began, by the times at which the log received what they did
 * @param readers how many, rounded down to a multiple of {@link #ANONYMITY_THRESHOLD}
 */
record Activity(Instant minute, String book, int readers) {

	/**
	 * Fewer are nobody. As all are counted in steps of as many, one more or less is
	 * seldom seen, and what is seen does not tell who it was.
	 */
	static final int ANONYMITY_THRESHOLD = 5;

	static final Duration MINUTE = Duration.ofMinutes(1);

	/** The first instant at which it could be told. */
	Instant end() {
		return this.minute.plus(MINUTE);
	}

}
