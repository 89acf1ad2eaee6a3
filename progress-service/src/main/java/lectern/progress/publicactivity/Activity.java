package lectern.progress.publicactivity;

import java.time.Duration;
import java.time.Instant;

/**
 * The number of readers of a book in one minute. It is published when the minute is over,
 * and never corrected.
 *
 * @param minute its start; events count by their {@code receivedAt}
 * @param book the id of the book
 * @param readers rounded down to a multiple of {@link #ANONYMITY_THRESHOLD}
 */
record Activity(Instant minute, String book, int readers) {

	/**
	 * A book with fewer readers in a minute is not published. Counts are rounded to
	 * multiples of this number, so that one reader more or less rarely changes a count,
	 * and a change does not reveal who it was.
	 */
	static final int ANONYMITY_THRESHOLD = 5;

	static final Duration MINUTE = Duration.ofMinutes(1);

	/** Return the end of the minute: the count can be published from then on. */
	Instant end() {
		return this.minute.plus(MINUTE);
	}

}
