package lectern.progress.forecast;

/**
 * How much each past day counts as one on which there could have been reading. The
 * longest pause counts for no longer than the next longest: what came once is no habit.
 */
final class ActiveDayWeights {

	/** A pause of a week is nothing out of the ordinary. */
	private static final int ORDINARY_PAUSE_DAYS = 7;

	/** Before so many days with reading nobody can tell what is out of the ordinary. */
	private static final int MIN_ACTIVE_DAYS = 3;

	private ActiveDayWeights() {
	}

	/** For each day, from 0 to 1. */
	static double[] of(DailyProgress days) {
		double[] exposure = new double[days.count()];
		for (int day = 0; day < exposure.length; day++) {
			exposure[day] = days.partOfDay(day);
		}
		if (days.activeDays() >= MIN_ACTIVE_DAYS) {
			excludeLongestPause(days, exposure);
		}
		return exposure;
	}

	private static void excludeLongestPause(DailyProgress days, double[] exposure) {
		int longest = 0;
		int second = 0;
		int end = 0;
		int run = 0;
		for (int day = 0; day < exposure.length; day++) {
			run = days.isActive(day) ? 0 : run + 1;
			boolean over = day + 1 == exposure.length || days.isActive(day + 1);
			if (over && run > longest) {
				second = longest;
				longest = run;
				end = day;
			}
			else if (over && run > second) {
				second = run;
			}
		}
		int counted = Math.max(second, ORDINARY_PAUSE_DAYS);
		for (int day = end; day > end - longest + counted; day--) {
			exposure[day] = 0;
		}
	}

}
