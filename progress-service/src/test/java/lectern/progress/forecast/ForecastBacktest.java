package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import lectern.progress.forecast.Forecast.Expected;
import lectern.progress.forecast.Forecast.Stopped;

/**
 * Asks for forecasts in the middle of readings and compares them with what came. What is
 * asked knows nothing of habits, and of a reading only what was reported by then.
 */
final class ForecastBacktest {

	private static final double[] FORECAST_FRACTIONS = { 0.25, 0.5, 0.75 };

	/** By then everybody would have noticed. */
	private static final Duration DELAY_AFTER_STOP = Duration.ofDays(90);

	private static final Duration YEAR = Duration.ofDays(365);

	/** So often it is asked for to warm up, and again to be timed. */
	private static final int TIMED_RUNS = 2000;

	private ForecastBacktest() {
	}

	/**
	 * Print how the forecasts turned out, a line for each habit and one for all, and how
	 * long one takes. The bench row {@code forecast} runs this.
	 * @param arguments readers of each habit, and the first one's seed; none below
	 * 1,000,000, on which the forecast was developed
	 */
	public static void main(String[] arguments) {
		BacktestScore all = new BacktestScore();
		System.out.println("range\t" + Forecaster.INTERVAL_PROBABILITY);
		run(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1])).forEach((habit, score) -> {
			System.out.println(habit.label() + "\t" + score);
			all.add(score);
		});
		System.out.println("all\t" + all);
		System.out.println("nanoseconds\t" + time(10_000).toNanos());
	}

	/**
	 * Test the forecast.
	 * @param readers of each habit
	 * @param firstSeed the first reader's; each has the next one
	 */
	static Map<ReadingPattern, BacktestScore> run(int readers, long firstSeed) {
		Map<ReadingPattern, BacktestScore> scores = new EnumMap<>(ReadingPattern.class);
		long seed = firstSeed;
		for (ReadingPattern habit : ReadingPattern.values()) {
			BacktestScore score = new BacktestScore();
			for (int reader = 0; reader < readers; reader++) {
				evaluate(SimulatedReading.of(habit, seed), SimulatedReading.random(-seed - 1), score);
				seed++;
			}
			scores.put(habit, score);
		}
		return scores;
	}

	/** How long a forecast takes from that many reports of a year, once Java is warm. */
	static Duration time(int reports) {
		Instant now = Instant.EPOCH.plus(YEAR);
		List<ProgressSample> places = IntStream.range(0, reports)
			.mapToObj((i) -> new ProgressSample(Instant.EPOCH.plus(YEAR.multipliedBy(i).dividedBy(reports)),
					0.5 * i / reports))
			.toList();
		long begin = 0;
		for (int i = -TIMED_RUNS; i < TIMED_RUNS; i++) {
			begin = (i == 0) ? System.nanoTime() : begin;
			if (!(Forecaster.forecast(places, now, now.plus(YEAR)) instanceof Expected)) {
				throw new IllegalStateException("A forecast was expected");
			}
		}
		return Duration.ofNanos((System.nanoTime() - begin) / TIMED_RUNS);
	}

	private static void evaluate(SimulatedReading life, Random random, BacktestScore score) {
		Instant finished = life.finishedAt();
		if (finished == null) {
			Instant later = life.samples().getLast().at().plus(DELAY_AFTER_STOP);
			score.recordUnfinished(Forecaster.forecast(life.samples(), later, null) instanceof Stopped);
			return;
		}
		for (double fraction : FORECAST_FRACTIONS) {
			// Whoever asks does so some time within the day.
			Instant now = reachedAt(life, fraction).plusSeconds(random.nextInt(86_400));
			if (now.isBefore(finished)) {
				evaluate(life, now, finished, score);
			}
		}
	}

	private static void evaluate(SimulatedReading life, Instant now, Instant finished, BacktestScore score) {
		List<ProgressSample> places = life.samplesUntil(now);
		Forecast forecast = Forecaster.forecast(places, now, null);
		if (forecast instanceof Expected expected) {
			score.record(expected, baseline(life.startedAt(), places.getLast(), now), now, finished);
		}
		else {
			score.recordWithoutForecast();
		}
	}

	private static Instant reachedAt(SimulatedReading life, double fraction) {
		return life.samples().stream().filter((place) -> place.fraction() >= fraction).findFirst().orElseThrow().at();
	}

	/** The reference: on average as fast as since the beginning. */
	private static Instant baseline(Instant began, ProgressSample last, Instant now) {
		double millis = Duration.between(began, now).toMillis();
		return now.plusMillis((long) (millis * (1 - last.fraction()) / last.fraction()));
	}

}
