package lectern.progress.statistics;

import java.time.Instant;

/**
 * An interval of continuous reading of one reading, from one report to another.
 *
 * @param reading the id of the reading
 * @param first the time of its first report
 * @param last the time of its last report, possibly the same
 */
record ReadingTime(String reading, Instant first, Instant last) {

	/** Return the smallest interval that contains both. */
	ReadingTime merge(ReadingTime other) {
		return new ReadingTime(this.reading, other.first.isBefore(this.first) ? other.first : this.first,
				other.last.isAfter(this.last) ? other.last : this.last);
	}

}
