package lectern.progress.forecast;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class WeekTests {

	@Test
	void beforeThreeWeeksAllDaysCountTheSame() {
		assertThat(Week.of(days(20, 0)).weights()).containsOnly(1);
	}

	@Test
	void theFavouriteDayCountsMore() {
		Week week = Week.of(days(70, 2));
		assertThat(week.past(2)).isEqualTo(week.past(9)).isGreaterThan(5);
		assertThat(week.past(1)).isLessThan(0.3);
		assertThat(IntStream.range(0, 7).mapToDouble(week::past).sum()).isCloseTo(7, within(1e-9));
	}

	/** Three days ago it was the day that will come again in four days. */
	@Test
	void theFavouriteDayComesAgainAWeekLater() {
		Week week = Week.of(days(70, 2));
		assertThat(week.counted(5) - week.counted(4)).isEqualTo(week.past(2), within(1e-9));
		assertThat(week.days(3.5)).isBetween(4.0, 5.0);
	}

	@Test
	void whatIsCountedIsCountedBack() {
		Week week = Week.of(days(70, 2));
		for (double days = 0.1; days < 30; days += 0.37) {
			assertThat(week.days(week.counted(days))).isCloseTo(days, within(1e-6));
		}
	}

	private static Days days(int count, int favourite) {
		return new Days(IntStream.range(0, count).mapToDouble((day) -> (day % 7 == favourite) ? 0.01 : 0).toArray(),
				count);
	}

}
