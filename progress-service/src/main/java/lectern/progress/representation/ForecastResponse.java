package lectern.progress.representation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.forecast.Forecast;
import lectern.progress.forecast.Forecast.EndReached;
import lectern.progress.forecast.Forecast.Expected;
import lectern.progress.forecast.Forecast.InsufficientData;
import lectern.progress.forecast.Forecast.Stopped;
import lectern.progress.forecast.Forecaster;
import org.jspecify.annotations.Nullable;

/**
 * When a reading is likely to be finished, as it is shown. What is absent is unknown.
 *
 * @param state a word: expected, too-little-to-tell, stopped, at-the-end, finished or
 * abandoned
 * @param reason why it is too little, as a word
 * @param at what it was reckoned for: this minute
 * @param since when the last place was reported, if it has stopped or is at the end; when
 * it was finished
 * @param expected when it is finished, as likely later as earlier
 * @param earliest the range's beginning
 * @param latest the range's end; absent if it has none that is worth telling
 * @param probability that it will be finished in the range, 0 to 1
 */
public record ForecastResponse(String state, @Nullable String reason, Instant at, @Nullable Instant since,
		@Nullable Instant expected, @Nullable Instant earliest, @Nullable Instant latest, @Nullable Double probability,
		@Nullable PaceView pace, @Nullable BasisView basis, @Nullable PlanForecast plan) {

	/**
	 * The forecast of a reading.
	 * @param events all of it, at least one
	 * @param now rounded up to the minute
	 */
	public static ForecastResponse of(List<StoredEvent> events, Instant now) {
		ReadingDocument reading = ReadingDocument.of(events);
		Instant at = roundUpToMinute(now);
		PlanView plan = reading.plan();
		Instant finishBy = (plan != null) ? plan.finishBy() : null;
		return switch (reading.status()) {
			case FINISHED -> withoutEstimate("finished", null, at, reading.finishedAt(),
					finishedPlan(finishBy, reading.finishedAt()));
			case ABANDONED -> withoutEstimate("abandoned", null, at, null, PlanForecast.undecided(finishBy));
			case READING -> open(Forecaster.forecast(ProgressSamples.of(events), at, finishBy), at, finishBy);
		};
	}

	private static ForecastResponse open(Forecast forecast, Instant at, @Nullable Instant finishBy) {
		PlanForecast plan = PlanForecast.undecided(finishBy);
		return switch (forecast) {
			case InsufficientData little ->
				withoutEstimate("too-little-to-tell", toKebabCase(little.reason()), at, null, plan);
			case Stopped stopped -> withoutEstimate("stopped", null, at, stopped.since(), plan);
			case EndReached end -> withoutEstimate("at-the-end", null, at, end.since(), plan);
			case Expected expected -> expected(expected, at, finishBy);
		};
	}

	private static ForecastResponse expected(Expected forecast, Instant at, @Nullable Instant finishBy) {
		Instant expected = roundUpToMinute(forecast.expected());
		Instant latest = forecast.latest();
		return new ForecastResponse("expected", null, at, null, expected, roundUpToMinute(forecast.earliest()),
				(latest != null) ? roundUpToMinute(latest) : null, forecast.probability(),
				new PaceView(round(forecast.pace(), 6)),
				new BasisView(forecast.basis().samples(), forecast.basis().period().truncatedTo(ChronoUnit.MINUTES)),
				PlanForecast.of(finishBy, expected, forecast.onTimeProbability()));
	}

	private static ForecastResponse withoutEstimate(String state, @Nullable String reason, Instant at,
			@Nullable Instant since, @Nullable PlanForecast plan) {
		return new ForecastResponse(state, reason, at, since, null, null, null, null, null, null, plan);
	}

	private static @Nullable PlanForecast finishedPlan(@Nullable Instant finishBy, @Nullable Instant finished) {
		return (finishBy == null || finished == null) ? null
				: new PlanForecast(finishBy, !finished.isAfter(finishBy), null);
	}

	private static String toKebabCase(Enum<?> reason) {
		return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Nobody foresees seconds. */
	private static Instant roundUpToMinute(Instant instant) {
		Instant minute = instant.truncatedTo(ChronoUnit.MINUTES);
		return minute.equals(instant) ? instant : minute.plus(1, ChronoUnit.MINUTES);
	}

	private static double round(double value, int decimals) {
		return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
	}

	/**
	 * How fast it is read.
	 *
	 * @param perDay how much of the book, 0 to 1
	 */
	public record PaceView(double perDay) {
	}

	/**
	 * What the forecast rests on.
	 *
	 * @param reports how many that moved the position and were not taken back
	 * @param over from the first of them until now
	 */
	public record BasisView(int reports, Duration over) {
	}

	/**
	 * The plan beside the forecast.
	 *
	 * @param onTime whether it is finished by then, or expected to be; absent if that
	 * cannot be told
	 * @param probability of being on time, 0 to 1; absent for what has happened
	 */
	public record PlanForecast(Instant finishBy, @Nullable Boolean onTime, @Nullable Double probability) {

		private static @Nullable PlanForecast undecided(@Nullable Instant finishBy) {
			return (finishBy != null) ? new PlanForecast(finishBy, null, null) : null;
		}

		private static @Nullable PlanForecast of(@Nullable Instant finishBy, Instant expected,
				@Nullable Double probability) {
			return (finishBy == null || probability == null) ? undecided(finishBy)
					: new PlanForecast(finishBy, !expected.isAfter(finishBy), round(probability, 2));
		}

	}

}
