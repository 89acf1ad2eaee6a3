package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The progress on each day, counted back from now. Day 0 is the last 24 hours, whatever
 * the reader's time zone is. Progress counts on the day of its report.
 *
 * @param progress the progress on each day as a fraction of the book; negative where the
 * reader went back
 * @param lengthInDays the days since the first sample; the oldest day may be a part of a
 * day
 */
record DailyProgress(double[] progress, double lengthInDays) {

	/** Two years: older progress does not help to predict. */
	static final int MAX_DAYS = 730;

	private static final double NANOS_PER_DAY = Duration.ofDays(1).toNanos();

	static DailyProgress of(List<ProgressSample> samples, Instant now) {
		double length = Math.min(MAX_DAYS, daysBetween(samples.getFirst().at(), now));
		double[] progress = new double[Math.max(1, (int) Math.ceil(length))];
		for (int i = 1; i < samples.size(); i++) {
			double ago = daysBetween(samples.get(i).at(), now);
			if (ago < progress.length) {
				progress[(int) ago] += samples.get(i).fraction() - samples.get(i - 1).fraction();
			}
		}
		return new DailyProgress(progress, length);
	}

	/** The days between two instants; 0 if the later one is not later. */
	static double daysBetween(Instant earlier, Instant later) {
		Duration duration = Duration.between(earlier, later);
		return Math.max(0, (duration.getSeconds() * 1e9 + duration.getNano()) / NANOS_PER_DAY);
	}

	int count() {
		return this.progress.length;
	}

	/** The length of a day in days: 1, except for the oldest day. */
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
