package lectern.progress.statistics;

import java.time.LocalDate;
import java.util.SortedSet;

/**
 * The number of consecutive days with reading.
 *
 * @param current up to the last day, or up to the day before if there was no reading on
 * the last day, which may not be over yet
 * @param longest the highest number
 */
record Streaks(int current, int longest) {

	/**
	 * Compute the streaks.
	 * @param days the days with reading in the period
	 * @param known the same days, and before the period those that the current streak
	 * needs
	 */
	static Streaks of(SortedSet<LocalDate> days, SortedSet<LocalDate> known, LocalDate lastDay) {
		int current = 0;
		LocalDate last = known.contains(lastDay) ? lastDay : lastDay.minusDays(1);
		while (known.contains(last.minusDays(current))) {
			current++;
		}
		return new Streaks(current, Math.max(current, longest(days)));
	}

	private static int longest(SortedSet<LocalDate> days) {
		int longest = 0;
		int length = 0;
		LocalDate previous = null;
		for (LocalDate day : days) {
			length = (previous != null && previous.plusDays(1).equals(day)) ? length + 1 : 1;
			longest = Math.max(longest, length);
			previous = day;
		}
		return longest;
	}

	/**
	 * Whether the current streak may have begun before the days that are known.
	 * @param firstDay the first day that is known, perhaps only in part
	 */
	static boolean mayBeginBefore(LocalDate firstDay, SortedSet<LocalDate> known, LocalDate lastDay) {
		LocalDate day = known.contains(lastDay) ? lastDay : lastDay.minusDays(1);
		while (known.contains(day) && day.isAfter(firstDay)) {
			day = day.minusDays(1);
		}
		return !day.isAfter(firstDay);
	}

}
