package lectern.progress.statistics;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StreaksTests {

	/** The last day of the period is the 10th. */
	@ParameterizedTest
	@CsvSource({ "'',0,0", "10,1,1", "9,1,1", "8,0,1", "8 9,2,2", "8 9 10,3,3", "1 2 3 4 9 10,2,4", "1 3 5 7,0,1" })
	void countsCurrentAndLongestStreak(String days, int current, int longest) {
		TreeSet<LocalDate> daysRead = Arrays.stream(days.split(" "))
			.filter((day) -> !day.isEmpty())
			.map((day) -> LocalDate.of(2026, 3, Integer.parseInt(day)))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(Streaks.of(daysRead, LocalDate.of(2026, 3, 10))).isEqualTo(new Streaks(current, longest));
	}

}
