package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was read on each day, counted back from now: day 0 is the last 24 hours, in
 * whatever zone the reader lives. What is read counts on the day that it is reported.
 *
 * @param read how much of the book, for each day; negative where the reader went back
 * @param length how many days it is since the first place; the oldest day may be a part
 * of one
 */
record Days(double[] read, double length) {

	/** What is older than two years tells nothing of tomorrow. */
	static final int LONGEST = 730;

	private static final double NANOS = Duration.ofDays(1).toNanos();

	static Days of(List<Place> places, Instant now) {
		double length = Math.min(LONGEST, between(places.getFirst().at(), now));
		double[] read = new double[Math.max(1, (int) Math.ceil(length))];
		for (int i = 1; i < places.size(); i++) {
			double ago = between(places.get(i).at(), now);
			if (ago < read.length) {
				read[(int) ago] += places.get(i).fraction() - places.get(i - 1).fraction();
			}
		}
		return new Days(read, length);
	}

	/** Not below 0: a place is never after now. */
	static double between(Instant earlier, Instant later) {
		Duration duration = Duration.between(earlier, later);
		return Math.max(0, (duration.getSeconds() * 1e9 + duration.getNano()) / NANOS);
	}

	int count() {
		return this.read.length;
	}

	/** How much of a day it is: 1, but for the oldest. */
	double part(int day) {
		return Math.min(1, this.length - day);
	}

	boolean isRead(int day) {
		return this.read[day] != 0;
	}

	int daysRead() {
		int days = 0;
		for (int day = 0; day < count(); day++) {
			days += isRead(day) ? 1 : 0;
		}
		return days;
	}

}
