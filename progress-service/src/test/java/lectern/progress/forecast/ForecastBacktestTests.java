package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import lectern.progress.forecast.Forecast.Basis;
import lectern.progress.forecast.Forecast.Expected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ForecastBacktestTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@ParameterizedTest
	@EnumSource
	void simulatedReadingIsReproducibleAndOrderedInTime(ReadingPattern pattern) {
		for (int seed = 0; seed < 50; seed++) {
			SimulatedReading reading = SimulatedReading.of(pattern, seed);
			assertThat(reading).isEqualTo(SimulatedReading.of(pattern, seed));
			assertThat(reading.samples()).extracting(ProgressSample::at).isSorted();
			assertThat(reading.samples()).allSatisfy((sample) -> assertThat(sample.fraction()).isBetween(0.0, 1.0));
			Instant finished = reading.finishedAt();
			if (finished != null) {
				assertThat(reading.samples().getLast()).isEqualTo(new ProgressSample(finished, 1));
			}
		}
	}

	@Test
	void onlyStoppingPatternLeavesReadingUnfinished() {
		for (int seed = 0; seed < 50; seed++) {
			assertThat(SimulatedReading.of(ReadingPattern.STEADY, seed).finishedAt()).isNotNull();
			assertThat(SimulatedReading.of(ReadingPattern.WEEKENDS, seed).finishedAt()).isNotNull();
			assertThat(SimulatedReading.of(ReadingPattern.BURSTS, seed).finishedAt()).isNotNull();
		}
	}

	@Test
	void scoreCountsFinishesInsideBeforeAndAfterInterval() {
		BacktestScore score = new BacktestScore();
		Expected forecast = new Expected(day(10), day(8), day(16), 0.8, 0.1, new Basis(3, Duration.ZERO), null);
		score.record(forecast, day(14), day(0), day(12));
		score.record(forecast, day(14), day(0), day(4));
		score.record(forecast, day(14), day(0), day(20));
		assertThat(score.insideInterval()).isCloseTo(1 / 3.0, within(1e-9));
		assertThat(score.beforeInterval()).isCloseTo(1 / 3.0, within(1e-9));
		assertThat(score.medianError()).isEqualTo(6);
		assertThat(score.baselineMedianError()).isEqualTo(6);
		assertThat(score.medianRelativeWidth()).isCloseTo(8 / 12.0, within(1e-9));
	}

	/** The bounds are loose; the bench results state the actual coverage. */
	@Test
	void intervalCoverageIsCloseToItsProbability() {
		Map<ReadingPattern, BacktestScore> scores = ForecastBacktest.run(60, 500_000);
		BacktestScore all = new BacktestScore();
		scores.values().forEach(all::add);
		assertThat(all.insideInterval()).isBetween(0.7, 0.9);
		assertThat(all.medianError()).isLessThanOrEqualTo(all.baselineMedianError());
	}

	private static Instant day(int number) {
		return NOON.plusSeconds(number * 86_400L);
	}

}
