package lectern.progress.statistics;

import java.time.LocalDate;
import java.util.SortedSet;

/**
 * Days in a row on which something was read.
 *
 * @param current how many up to the last day, or up to the day before while the last is
 * not over
 * @param longest the most there were
 */
record Streaks(int current, int longest) {

	static Streaks of(SortedSet<LocalDate> days, LocalDate lastDay) {
		int longest = 0;
		int run = 0;
		LocalDate before = null;
		for (LocalDate day : days) {
			run = (before != null && before.plusDays(1).equals(day)) ? run + 1 : 1;
			longest = Math.max(longest, run);
			before = day;
		}
		boolean goesOn = before != null && !before.isBefore(lastDay.minusDays(1));
		return new Streaks(goesOn ? run : 0, longest);
	}

}
