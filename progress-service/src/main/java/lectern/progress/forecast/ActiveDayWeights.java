package lectern.progress.forecast;

/**
 * The weight of each past day as a day on which the reader could have read. The longest
 * pause counts only as long as the second longest: a pause that happened once is not a
 * habit.
 */
final class ActiveDayWeights {

	/** A pause of up to a week is ordinary and always counts. */
	private static final int ORDINARY_PAUSE_DAYS = 7;

	/**
	 * With fewer days of reading, an unusual pause cannot be told from an ordinary one.
	 */
	private static final int MIN_ACTIVE_DAYS = 3;

	private ActiveDayWeights() {
	}

	/** The weight of each day, from 0 to 1. */
	static double[] of(DailyProgress days) {
		double[] weights = new double[days.count()];
		for (int day = 0; day < weights.length; day++) {
			weights[day] = days.partOfDay(day);
		}
		if (days.activeDays() >= MIN_ACTIVE_DAYS) {
			excludeLongestPause(days, weights);
		}
		return weights;
	}

	private static void excludeLongestPause(DailyProgress days, double[] weights) {
		int longest = 0;
		int second = 0;
		int end = 0;
		int run = 0;
		for (int day = 0; day < weights.length; day++) {
			run = days.isActive(day) ? 0 : run + 1;
			boolean pauseEnds = day + 1 == weights.length || days.isActive(day + 1);
			if (pauseEnds && run > longest) {
				second = longest;
				longest = run;
				end = day;
			}
			else if (pauseEnds && run > second) {
				second = run;
			}
		}
		int counted = Math.max(second, ORDINARY_PAUSE_DAYS);
		for (int day = end; day > end - longest + counted; day--) {
			weights[day] = 0;
		}
	}

}
