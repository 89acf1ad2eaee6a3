package lectern.progress.statistics;

import java.time.Instant;

/**
 * A time during which one reading was reported often enough to have been read all the
 * while.
 *
 * @param reading what was read
 * @param first the time of its first report
 * @param last the time of its last report, which may be the same
 */
record ReadingTime(String reading, Instant first, Instant last) {

	/** From the first report of both to the last. */
	ReadingTime merge(ReadingTime other) {
		return new ReadingTime(this.reading, other.first.isBefore(this.first) ? other.first : this.first,
				other.last.isAfter(this.last) ? other.last : this.last);
	}

}
