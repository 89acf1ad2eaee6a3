package lectern.progress.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadingTimeAccumulatorTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final LocalDate DAY = LocalDate.parse("2026-03-01");

	private static final StatisticsPeriod WEEK = period("2026-02-26T00:00:00Z", "2026-03-05T00:00:00Z", "UTC");

	@Test
	void singleReportCountsDayWithoutMinutes() {
		assertThat(ReadingTimeAccumulator.accumulate(WEEK, List.of(report("a", 0))))
			.isEqualTo(Map.of(DAY, Duration.ZERO));
	}

	@Test
	void gapsUpToTenMinutesAreCounted() {
		assertThat(ReadingTimeAccumulator.accumulate(WEEK,
				List.of(report("a", 0), report("a", 10), report("a", 21), report("a", 25))))
			.isEqualTo(Map.of(DAY, Duration.ofMinutes(14)));
	}

	@Test
	void gapsBetweenDifferentReadingsAreNotCounted() {
		assertThat(ReadingTimeAccumulator.accumulate(WEEK, List.of(report("a", 0), report("b", 5), report("a", 12))))
			.isEqualTo(Map.of(DAY, Duration.ZERO));
	}

	@Test
	void intervalAcrossMidnightIsSplitBetweenDays() {
		int midnight = 12 * 60;
		assertThat(
				ReadingTimeAccumulator.accumulate(WEEK, List.of(report("a", midnight - 3), report("a", midnight + 4))))
			.isEqualTo(Map.of(DAY, Duration.ofMinutes(3), DAY.plusDays(1), Duration.ofMinutes(4)));
	}

	@Test
	void daysAreCountedInRequestedZone() {
		StatisticsPeriod kiritimati = period("2026-02-26T00:00:00Z", "2026-03-05T00:00:00Z", "Pacific/Kiritimati");
		assertThat(ReadingTimeAccumulator.accumulate(kiritimati, List.of(report("a", 0))))
			.containsOnlyKeys(DAY.plusDays(1));
	}

	@Test
	void timeOutsidePeriodIsCutOff() {
		StatisticsPeriod hour = period("2026-03-01T12:05:00Z", "2026-03-01T12:15:00Z", "UTC");
		assertThat(ReadingTimeAccumulator.accumulate(hour, List.of(report("a", 0), report("a", 8), report("a", 17))))
			.isEqualTo(Map.of(DAY, Duration.ofMinutes(10)));
	}

	/** The first and the last report of each ten-minute slot are enough. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void tenMinuteSlotsYieldSameTotalsAsReports(int seed) {
		Random random = new Random(seed);
		List<ReadingTime> reports = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			Instant at = NOON.plusSeconds(random.nextInt(2 * 24 * 3600));
			reports.add(new ReadingTime("r" + random.nextInt(2), at, at));
		}
		List<ReadingTime> slots = slots(reports);
		Collections.shuffle(slots, random);
		assertThat(slots).hasSizeLessThan(reports.size());
		assertThat(ReadingTimeAccumulator.accumulate(WEEK, slots))
			.isEqualTo(ReadingTimeAccumulator.accumulate(WEEK, reports));
	}

	private static List<ReadingTime> slots(List<ReadingTime> reports) {
		Map<List<Object>, ReadingTime> slots = new HashMap<>();
		for (ReadingTime report : reports) {
			slots.merge(List.of(report.reading(), report.first().getEpochSecond() / 600), report,
					(one, other) -> new ReadingTime(one.reading(),
							one.first().isBefore(other.first()) ? one.first() : other.first(),
							one.last().isAfter(other.last()) ? one.last() : other.last()));
		}
		return new ArrayList<>(slots.values());
	}

	private static ReadingTime report(String reading, int minute) {
		Instant at = NOON.plus(Duration.ofMinutes(minute));
		return new ReadingTime(reading, at, at);
	}

	private static StatisticsPeriod period(String from, String to, String zone) {
		return new StatisticsPeriod(Instant.parse(from), Instant.parse(to), ZoneId.of(zone));
	}

}
