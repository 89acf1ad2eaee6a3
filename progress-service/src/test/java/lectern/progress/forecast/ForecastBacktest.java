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
 * Backtests the forecast: makes forecasts in the middle of simulated readings and
 * compares them with the actual finish. The forecast knows nothing about reading
 * patterns, and only the reports before its time.
 */
final class ForecastBacktest {

	private static final double[] FORECAST_FRACTIONS = { 0.25, 0.5, 0.75 };

	/**
	 * After this time without a report the forecast should say that the reading stopped.
	 */
	private static final Duration DELAY_AFTER_STOP = Duration.ofDays(90);

	private static final Duration YEAR = Duration.ofDays(365);

	/** The number of runs to warm up, and again the number of timed runs. */
	private static final int TIMED_RUNS = 2000;

	private ForecastBacktest() {
	}

	/**
	 * Print the score of each pattern and of all patterns, one line each, and the time of
	 * a forecast. The bench scenario {@code forecast} runs this program.
	 * @param arguments the number of readers of each pattern and the seed of the first
	 * reader, at least 1,000,000: the forecast was developed on lower seeds
	 */
	public static void main(String[] arguments) {
		BacktestScore all = new BacktestScore();
		System.out.println("range\t" + Forecaster.INTERVAL_PROBABILITY);
		run(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1])).forEach((pattern, score) -> {
			System.out.println(pattern.label() + "\t" + score);
			all.add(score);
		});
		System.out.println("all\t" + all);
		System.out.println("nanoseconds\t" + time(10_000).toNanos());
	}

	/**
	 * Run the backtest.
	 * @param readers the number of readers of each pattern
	 * @param firstSeed the seed of the first reader; each further reader has the next
	 * seed
	 */
	static Map<ReadingPattern, BacktestScore> run(int readers, long firstSeed) {
		Map<ReadingPattern, BacktestScore> scores = new EnumMap<>(ReadingPattern.class);
		long seed = firstSeed;
		for (ReadingPattern pattern : ReadingPattern.values()) {
			BacktestScore score = new BacktestScore();
			for (int reader = 0; reader < readers; reader++) {
				evaluate(SimulatedReading.of(pattern, seed), SimulatedReading.random(-seed - 1), score);
				seed++;
			}
			scores.put(pattern, score);
		}
		return scores;
	}

	/** The time of a forecast from a number of reports over a year, after warming up. */
	static Duration time(int reports) {
		Instant now = Instant.EPOCH.plus(YEAR);
		List<ProgressSample> samples = IntStream.range(0, reports)
			.mapToObj((i) -> new ProgressSample(Instant.EPOCH.plus(YEAR.multipliedBy(i).dividedBy(reports)),
					0.5 * i / reports))
			.toList();
		long begin = 0;
		for (int i = -TIMED_RUNS; i < TIMED_RUNS; i++) {
			begin = (i == 0) ? System.nanoTime() : begin;
			if (!(Forecaster.forecast(samples, now, now.plus(YEAR)) instanceof Expected)) {
				throw new IllegalStateException("A forecast was expected");
			}
		}
		return Duration.ofNanos((System.nanoTime() - begin) / TIMED_RUNS);
	}

	private static void evaluate(SimulatedReading reading, Random random, BacktestScore score) {
		Instant finished = reading.finishedAt();
		if (finished == null) {
			Instant later = reading.samples().getLast().at().plus(DELAY_AFTER_STOP);
			score.recordUnfinished(Forecaster.forecast(reading.samples(), later, null) instanceof Stopped);
			return;
		}
		for (double fraction : FORECAST_FRACTIONS) {
			// The forecast is requested at a random time within the following day.
			Instant now = reachedAt(reading, fraction).plusSeconds(random.nextInt(86_400));
			if (now.isBefore(finished)) {
				evaluate(reading, now, finished, score);
			}
		}
	}

	private static void evaluate(SimulatedReading reading, Instant now, Instant finished, BacktestScore score) {
		List<ProgressSample> samples = reading.samplesUntil(now);
		Forecast forecast = Forecaster.forecast(samples, now, null);
		if (forecast instanceof Expected expected) {
			score.record(expected, baseline(reading.startedAt(), samples.getLast(), now), now, finished);
		}
		else {
			score.recordWithoutForecast();
		}
	}

	private static Instant reachedAt(SimulatedReading reading, double fraction) {
		return reading.samples()
			.stream()
			.filter((sample) -> sample.fraction() >= fraction)
			.findFirst()
			.orElseThrow()
			.at();
	}

	/** The baseline: the average pace since the start continues. */
	private static Instant baseline(Instant startedAt, ProgressSample last, Instant now) {
		double millis = Duration.between(startedAt, now).toMillis();
		return now.plusMillis((long) (millis * (1 - last.fraction()) / last.fraction()));
	}

}
