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
import lectern.progress.forecast.Forecast.AtPace;
import lectern.progress.forecast.Forecast.EndReached;
import lectern.progress.forecast.Forecast.Expected;
import lectern.progress.forecast.Forecast.InsufficientData;
import lectern.progress.forecast.Forecast.Stopped;
import lectern.progress.forecast.Forecaster;
import lectern.progress.forecast.ProgressSample;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a forecast of a reading. Absent members are unknown.
 *
 * @param state one of expected, too-little-to-tell, stopped, at-the-end, finished and
 * abandoned
 * @param reason why there is too little data, in kebab case
 * @param at the time that the forecast was computed for, rounded up to the minute
 * @param since when the last position was reported, if reading has stopped or the end is
 * reached; when the reading was finished, if it is
 * @param expected the median of the predicted time of finishing
 * @param earliest the start of the prediction interval
 * @param latest the end of the prediction interval; absent if it is unbounded for
 * practical purposes
 * @param probability the probability of finishing within the interval, 0 to 1
 * @param pace the reading pace that the forecast uses
 * @param basis the data that the forecast uses; absent for an assumed pace, as is the
 * prediction interval
 * @param plan the reader's plan, compared with the forecast
 */
public record ForecastResponse(String state, @Nullable String reason, Instant at, @Nullable Instant since,
		@Nullable Instant expected, @Nullable Instant earliest, @Nullable Instant latest, @Nullable Double probability,
		@Nullable PaceView pace, @Nullable BasisView basis, @Nullable PlanForecast plan) {

	/**
	 * Compute the forecast of a reading.
	 * @param events all events of the reading, at least one
	 * @param now rounded up to the minute
	 */
	public static ForecastResponse of(List<StoredEvent> events, Instant now) {
		return of(events, now, null);
	}

	/**
	 * Compute the forecast of a reading, perhaps at an assumed pace.
	 * @param events all events of the reading, at least one
	 * @param now rounded up to the minute
	 * @param perDay the part of the book read per day from now on, above 0; null for the
	 * pace so far
	 */
	public static ForecastResponse of(List<StoredEvent> events, Instant now, @Nullable Double perDay) {
		ReadingDocument reading = ReadingDocument.of(events);
		Instant at = roundUpToMinute(now);
		PlanView plan = reading.plan();
		Instant finishBy = (plan != null) ? plan.finishBy() : null;
		return switch (reading.status()) {
			case FINISHED -> withoutEstimate("finished", null, at, reading.finishedAt(),
					finishedPlan(finishBy, reading.finishedAt()));
			case ABANDONED -> withoutEstimate("abandoned", null, at, null, PlanForecast.undecided(finishBy));
			case READING -> open(forecast(ProgressSamples.of(events), at, finishBy, perDay), at, finishBy);
		};
	}

	private static Forecast forecast(List<ProgressSample> samples, Instant at, @Nullable Instant finishBy,
			@Nullable Double perDay) {
		return (perDay != null) ? Forecaster.forecastAtPace(samples, at, perDay)
				: Forecaster.forecast(samples, at, finishBy);
	}

	private static ForecastResponse open(Forecast forecast, Instant at, @Nullable Instant finishBy) {
		PlanForecast plan = PlanForecast.undecided(finishBy);
		return switch (forecast) {
			case InsufficientData insufficient ->
				withoutEstimate("too-little-to-tell", toKebabCase(insufficient.reason()), at, null, plan);
			case Stopped stopped -> withoutEstimate("stopped", null, at, stopped.since(), plan);
			case EndReached end -> withoutEstimate("at-the-end", null, at, end.since(), plan);
			case Expected expected -> expected(expected, at, finishBy);
			case AtPace assumed -> assumed(assumed, at, finishBy);
		};
	}

	/** Without an interval: nothing is known about how well the pace will be kept. */
	private static ForecastResponse assumed(AtPace forecast, Instant at, @Nullable Instant finishBy) {
		Instant expected = roundUpToMinute(forecast.expected());
		PlanForecast plan = (finishBy != null) ? new PlanForecast(finishBy, !expected.isAfter(finishBy), null) : null;
		return new ForecastResponse("expected", null, at, null, expected, null, null, null,
				new PaceView(round(forecast.pace(), 6)), null, plan);
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

	/** Round, because a forecast to the second would only pretend precision. */
	private static Instant roundUpToMinute(Instant instant) {
		Instant minute = instant.truncatedTo(ChronoUnit.MINUTES);
		return minute.equals(instant) ? instant : minute.plus(1, ChronoUnit.MINUTES);
	}

	private static double round(double value, int decimals) {
		return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
	}

	/**
	 * The reading pace.
	 *
	 * @param perDay the part of the book read per day, 0 to 1
	 */
	public record PaceView(double perDay) {
	}

	/**
	 * The data that a forecast uses.
	 *
	 * @param reports the number of reports that moved the position and were not undone by
	 * a restore
	 * @param over the time from the first of them until now
	 */
	public record BasisView(int reports, Duration over) {
	}

	/**
	 * The plan compared with the forecast.
	 *
	 * @param finishBy when the reader plans to finish
	 * @param onTime whether the reading was finished by then, or is expected to be;
	 * absent if unknown
	 * @param probability the probability of finishing on time, 0 to 1; absent once the
	 * outcome is known
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
