package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import lectern.progress.forecast.Forecast.AtPace;
import lectern.progress.forecast.Forecast.Basis;
import lectern.progress.forecast.Forecast.EndReached;
import lectern.progress.forecast.Forecast.Expected;
import lectern.progress.forecast.Forecast.InsufficientData;
import lectern.progress.forecast.Forecast.Reason;
import lectern.progress.forecast.Forecast.Stopped;
import org.jspecify.annotations.Nullable;

/**
 * Estimates when a reading will be finished. The estimate is deterministic: the same
 * samples at the same time give the same forecast.
 *
 * <p>
 * The pace is the average since the first sample, without the one unusual pause
 * ({@link ActiveDayWeights}). The prediction interval is that of a sum of days with
 * unknown mean and variance ({@link Pace}, {@link CompletionDistribution}). It was chosen
 * over bootstrapping past days, which needs random numbers and gives intervals that are
 * too narrow when there are few days. More weight for recent days, or separate weekdays,
 * did not improve the expected finish, so neither is done.
 *
 * <p>
 * The coverage of the interval is that over readers of all habits together, since the
 * habit of a reader is not known: for an even reader the coverage is higher than stated,
 * and for a reader with a long pause ahead it is lower, because nothing predicts a first
 * pause. The bench scenario {@code forecast} measures it.
 */
public final class Forecaster {

	/** The probability that the finish is in the prediction interval. */
	public static final double INTERVAL_PROBABILITY = 0.8;

	/** Ten years: a later finish is not forecast. */
	private static final double MAX_HORIZON_DAYS = 3652;

	/** A shorter pause may be a holiday of four weeks. */
	private static final double MIN_STOPPED_DAYS = 28;

	/** A reading has stopped after this many times its longest pause before. */
	private static final double STOPPED_PAUSE_FACTOR = 3;

	/**
	 * A longer pause means that the reading has stopped, whatever pauses there were
	 * before.
	 */
	private static final double MAX_PAUSE_DAYS = 365;

	private static final double MICROS_PER_DAY = Duration.ofDays(1).dividedBy(ChronoUnit.MICROS.getDuration());

	private Forecaster() {
	}

	/**
	 * Estimate the finish.
	 * @param samples the positions of the reader in the order of time, without those that
	 * a restore has undone
	 * @param finishBy the plan; null if there is none
	 */
	public static Forecast forecast(List<ProgressSample> samples, Instant now, @Nullable Instant finishBy) {
		if (samples.isEmpty()) {
			return new InsufficientData(Reason.TOO_FEW_REPORTS);
		}
		ProgressSample last = samples.getLast();
		if (last.fraction() >= 1) {
			return new EndReached(last.at());
		}
		if (hasStopped(samples, now)) {
			return new Stopped(last.at());
		}
		if (samples.size() == 1) {
			return new InsufficientData(Reason.TOO_FEW_REPORTS);
		}
		if (DailyProgress.daysBetween(samples.getFirst().at(), last.at()) < 1) {
			return new InsufficientData(Reason.LESS_THAN_A_DAY);
		}
		return estimate(samples, now, finishBy);
	}

	/**
	 * Compute the finish at an assumed pace, whatever the pace has been so far.
	 * @param samples as above; a reading without samples is at the beginning
	 * @param pace the progress in a day as a fraction of the book, above 0
	 */
	public static Forecast forecastAtPace(List<ProgressSample> samples, Instant now, double pace) {
		double fraction = samples.isEmpty() ? 0 : samples.getLast().fraction();
		if (fraction >= 1) {
			return new EndReached(samples.getLast().at());
		}
		double days = (1 - fraction) / pace;
		return (days > MAX_HORIZON_DAYS) ? new InsufficientData(Reason.TOO_FAR_AWAY)
				: new AtPace(plusDays(now, days), pace);
	}

	private static boolean hasStopped(List<ProgressSample> samples, Instant now) {
		double longestPause = 0;
		for (int i = 1; i < samples.size(); i++) {
			longestPause = Math.max(longestPause,
					DailyProgress.daysBetween(samples.get(i - 1).at(), samples.get(i).at()));
		}
		double silent = DailyProgress.daysBetween(samples.getLast().at(), now);
		return silent > MAX_PAUSE_DAYS || silent > Math.max(MIN_STOPPED_DAYS, STOPPED_PAUSE_FACTOR * longestPause);
	}

	private static Forecast estimate(List<ProgressSample> samples, Instant now, @Nullable Instant finishBy) {
		DailyProgress days = DailyProgress.of(samples, now);
		Pace pace = Pace.of(days, ActiveDayWeights.of(days));
		CompletionDistribution completion = new CompletionDistribution(pace, 1 - samples.getLast().fraction());
		if (pace.mean() <= 0) {
			return new InsufficientData(Reason.NOT_FORWARD);
		}
		if (completion.median() > MAX_HORIZON_DAYS) {
			return new InsufficientData(Reason.TOO_FAR_AWAY);
		}
		double quantile = StudentT.quantile((1 + INTERVAL_PROBABILITY) / 2, pace.degreesOfFreedom());
		Double latest = completion.upperBound(quantile);
		return new Expected(plusDays(now, completion.median()), plusDays(now, completion.lowerBound(quantile)),
				(latest != null && latest <= MAX_HORIZON_DAYS) ? plusDays(now, latest) : null, INTERVAL_PROBABILITY,
				pace.mean(), new Basis(samples.size(), Duration.between(samples.getFirst().at(), now)),
				(finishBy != null) ? completion.cumulativeProbability(DailyProgress.daysBetween(now, finishBy)) : null);
	}

	private static Instant plusDays(Instant now, double days) {
		// Rounded, so that the error of the division does not show in the result.
		return now.plus(Math.round(days * MICROS_PER_DAY), ChronoUnit.MICROS);
	}

}
