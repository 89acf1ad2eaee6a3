package lectern.progress.document;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import lectern.progress.forecast.Forecast.AtTheEnd;
import lectern.progress.forecast.Forecast.Expected;
import lectern.progress.forecast.Forecast.Stopped;
import lectern.progress.forecast.Forecast.TooLittle;
import lectern.progress.forecast.Forecast;
import lectern.progress.forecast.Forecaster;
import lectern.progress.log.StoredEvent;

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
public record ForecastDocument(String state, @Nullable String reason, Instant at, @Nullable Instant since,
		@Nullable Instant expected, @Nullable Instant earliest, @Nullable Instant latest, @Nullable Double probability,
		@Nullable Pace pace, @Nullable Basis basis, @Nullable PlanForecast plan) {

	/**
	 * The forecast of a reading.
	 * @param events all of it, at least one
	 * @param now rounded up to the minute
	 */
	public static ForecastDocument of(List<StoredEvent> events, Instant now) {
		ReadingDocument reading = ReadingDocument.of(events);
		Instant at = minute(now);
		Plan plan = reading.plan();
		Instant finishBy = (plan != null) ? plan.finishBy() : null;
		return switch (reading.status()) {
			case FINISHED ->
				ended("finished", null, at, reading.finishedAt(), finished(finishBy, reading.finishedAt()));
			case ABANDONED -> ended("abandoned", null, at, null, PlanForecast.open(finishBy));
			case READING -> open(Forecaster.forecast(Places.of(events), at, finishBy), at, finishBy);
		};
	}

	private static ForecastDocument open(Forecast forecast, Instant at, @Nullable Instant finishBy) {
		PlanForecast plan = PlanForecast.open(finishBy);
		return switch (forecast) {
			case TooLittle little -> ended("too-little-to-tell", word(little.reason()), at, null, plan);
			case Stopped stopped -> ended("stopped", null, at, stopped.since(), plan);
			case AtTheEnd end -> ended("at-the-end", null, at, end.since(), plan);
			case Expected expected -> expected(expected, at, finishBy);
		};
	}

	private static ForecastDocument expected(Expected forecast, Instant at, @Nullable Instant finishBy) {
		Instant expected = minute(forecast.expected());
		Instant latest = forecast.latest();
		return new ForecastDocument("expected", null, at, null, expected, minute(forecast.earliest()),
				(latest != null) ? minute(latest) : null, forecast.probability(), new Pace(rounded(forecast.pace(), 6)),
				new Basis(forecast.basis().places(), forecast.basis().over().truncatedTo(ChronoUnit.MINUTES)),
				PlanForecast.of(finishBy, expected, forecast.onTime()));
	}

	private static ForecastDocument ended(String state, @Nullable String reason, Instant at, @Nullable Instant since,
			@Nullable PlanForecast plan) {
		return new ForecastDocument(state, reason, at, since, null, null, null, null, null, null, plan);
	}

	private static @Nullable PlanForecast finished(@Nullable Instant finishBy, @Nullable Instant finished) {
		return (finishBy == null || finished == null) ? null
				: new PlanForecast(finishBy, !finished.isAfter(finishBy), null);
	}

	private static String word(Enum<?> reason) {
		return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Nobody foresees seconds. */
	private static Instant minute(Instant instant) {
		Instant minute = instant.truncatedTo(ChronoUnit.MINUTES);
		return minute.equals(instant) ? instant : minute.plus(1, ChronoUnit.MINUTES);
	}

	private static double rounded(double value, int decimals) {
		return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
	}

	/**
	 * How fast it is read.
	 *
	 * @param perDay how much of the book, 0 to 1
	 */
	public record Pace(double perDay) {
	}

	/**
	 * What the forecast rests on.
	 *
	 * @param reports how many that moved the position and were not taken back
	 * @param over from the first of them until now
	 */
	public record Basis(int reports, Duration over) {
	}

	/**
	 * The plan beside the forecast.
	 *
	 * @param onTime whether it is finished by then, or expected to be; absent if that
	 * cannot be told
	 * @param probability of being on time, 0 to 1; absent for what has happened
	 */
	public record PlanForecast(Instant finishBy, @Nullable Boolean onTime, @Nullable Double probability) {

		private static @Nullable PlanForecast open(@Nullable Instant finishBy) {
			return (finishBy != null) ? new PlanForecast(finishBy, null, null) : null;
		}

		private static @Nullable PlanForecast of(@Nullable Instant finishBy, Instant expected,
				@Nullable Double probability) {
			return (finishBy == null || probability == null) ? open(finishBy)
					: new PlanForecast(finishBy, !expected.isAfter(finishBy), rounded(probability, 2));
		}

	}

}
