package lectern.progress.statistics;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StreaksTests {

	/** The last day of the period is the 10th. */
	@ParameterizedTest
	@CsvSource({ "'',0,0", "10,1,1", "9,1,1", "8,0,1", "8 9,2,2", "8 9 10,3,3", "1 2 3 4 9 10,2,4", "1 3 5 7,0,1" })
	void countsCurrentAndLongestStreak(String days, int current, int longest) {
		TreeSet<LocalDate> daysRead = days(days);
		assertThat(Streaks.of(daysRead, daysRead, day(10))).isEqualTo(new Streaks(current, longest));
	}

	/** The period is from the 5th to the 10th. */
	@ParameterizedTest
	@CsvSource({ "1 3 4 5 6 7 8 9 10,8,8", "3 4 5 6 7 8 9,7,7", "1 2 3 4 6 7 8 9,4,4", "1 2 3 5 6 7 10,1,3",
			"1 2 3 4,0,0" })
	void periodDoesNotCutCurrentStreak(String days, int current, int longest) {
		TreeSet<LocalDate> known = days(days);
		assertThat(Streaks.of(known.tailSet(day(5)), known, day(10))).isEqualTo(new Streaks(current, longest));
	}

	@ParameterizedTest
	@CsvSource({ "5 6 7 8 9 10,true", "5 6 7 8 9,true", "6 7 8 9 10,true", "7 8 9 10,false", "5 6 7 8,false",
			"'',false" })
	void streakThatReachesFirstDayMayBeginBefore(String days, boolean expected) {
		assertThat(Streaks.mayBeginBefore(day(5), days(days), day(10))).isEqualTo(expected);
	}

	@Test
	void streakMayBeginBeforeAPeriodOfOneDay() {
		assertThat(Streaks.mayBeginBefore(day(10), new TreeSet<>(), day(10))).isTrue();
	}

	private static TreeSet<LocalDate> days(String days) {
		return Arrays.stream(days.split(" "))
			.filter((day) -> !day.isEmpty())
			.map((day) -> day(Integer.parseInt(day)))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static LocalDate day(int day) {
		return LocalDate.of(2026, 3, day);
	}

}
