package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was read on each day, counted back from now: day 0 is the last 24 hours, in
 * whatever zone the reader lives. What is read counts on the day that it is reported.
 *
 * @param progress how much of the book, for each day; negative where the reader went back
 * @param lengthInDays how many days it is since the first place; the oldest day may be a
 * part of one
 */
record DailyProgress(double[] progress, double lengthInDays) {

	/** What is older than two years tells nothing of tomorrow. */
	static final int MAX_DAYS = 730;

	private static final double NANOS_PER_DAY = Duration.ofDays(1).toNanos();

	static DailyProgress of(List<ProgressSample> places, Instant now) {
		double length = Math.min(MAX_DAYS, daysBetween(places.getFirst().at(), now));
		double[] read = new double[Math.max(1, (int) Math.ceil(length))];
		for (int i = 1; i < places.size(); i++) {
			double ago = daysBetween(places.get(i).at(), now);
			if (ago < read.length) {
				read[(int) ago] += places.get(i).fraction() - places.get(i - 1).fraction();
			}
		}
		return new DailyProgress(read, length);
	}

	/** Not below 0: a place is never after now. */
	static double daysBetween(Instant earlier, Instant later) {
		Duration duration = Duration.between(earlier, later);
		return Math.max(0, (duration.getSeconds() * 1e9 + duration.getNano()) / NANOS_PER_DAY);
	}

	int count() {
		return this.progress.length;
	}

	/** How much of a day it is: 1, but for the oldest. */
	double partOfDay(int day) {
		return Math.min(1, this.lengthInDays - day);
	}

	boolean isActive(int day) {
		return this.progress[day] != 0;
	}

	int activeDays() {
		int days = 0;
		for (int day = 0; day < count(); day++) {
			days += isActive(day) ? 1 : 0;
		}
		return days;
	}

}
