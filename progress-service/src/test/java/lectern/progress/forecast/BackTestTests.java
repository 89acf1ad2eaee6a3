package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import lectern.progress.forecast.Forecast.Basis;
import lectern.progress.forecast.Forecast.Expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BackTestTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@ParameterizedTest
	@EnumSource
	void aReadersLifeIsTheSameAgainAndGoesForwardInTime(Habit habit) {
		for (int seed = 0; seed < 50; seed++) {
			Life life = Life.of(habit, seed);
			assertThat(life).isEqualTo(Life.of(habit, seed));
			assertThat(life.places()).extracting(Place::at).isSorted();
			assertThat(life.places()).allSatisfy((place) -> assertThat(place.fraction()).isBetween(0.0, 1.0));
			Instant finished = life.finished();
			if (finished != null) {
				assertThat(life.places().getLast()).isEqualTo(new Place(finished, 1));
			}
		}
	}

	@Test
	void onlyWhoStopsDoesNotFinish() {
		for (int seed = 0; seed < 50; seed++) {
			assertThat(Life.of(Habit.STEADY, seed).finished()).isNotNull();
			assertThat(Life.of(Habit.WEEKENDS, seed).finished()).isNotNull();
			assertThat(Life.of(Habit.BURSTS, seed).finished()).isNotNull();
		}
	}

	@Test
	void aFinishIsInTheRangeBeforeItOrAfterIt() {
		Score score = new Score();
		Expected forecast = new Expected(day(10), day(8), day(16), 0.8, 0.1, new Basis(3, Duration.ZERO), null);
		score.take(forecast, day(14), day(0), day(12));
		score.take(forecast, day(14), day(0), day(4));
		score.take(forecast, day(14), day(0), day(20));
		assertThat(score.inside()).isCloseTo(1 / 3.0, within(1e-9));
		assertThat(score.early()).isCloseTo(1 / 3.0, within(1e-9));
		assertThat(score.error()).isEqualTo(6);
		assertThat(score.errorOfAverage()).isEqualTo(6);
		assertThat(score.width()).isCloseTo(8 / 12.0, within(1e-9));
	}

	/** Loosely: the table of results says how near it comes. */
	@Test
	void theRangeHoldsAboutWhatItClaims() {
		Map<Habit, Score> scores = BackTest.run(60, 500_000);
		Score all = new Score();
		scores.values().forEach(all::add);
		assertThat(all.inside()).isBetween(0.7, 0.9);
		assertThat(all.error()).isLessThanOrEqualTo(all.errorOfAverage());
	}

	private static Instant day(int number) {
		return NOON.plusSeconds(number * 86_400L);
	}

}
