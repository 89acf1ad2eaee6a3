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

	static Streaks of(SortedSet<LocalDate> days, LocalDate lastDay) {
		int longest = 0;
		int length = 0;
		LocalDate previous = null;
		for (LocalDate day : days) {
			length = (previous != null && previous.plusDays(1).equals(day)) ? length + 1 : 1;
			longest = Math.max(longest, length);
			previous = day;
		}
		boolean continues = previous != null && !previous.isBefore(lastDay.minusDays(1));
		return new Streaks(continues ? length : 0, longest);
	}

}
