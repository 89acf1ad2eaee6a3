package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import lectern.progress.forecast.Forecast.Basis;
import lectern.progress.forecast.Forecast.EndReached;
import lectern.progress.forecast.Forecast.Expected;
import lectern.progress.forecast.Forecast.InsufficientData;
import lectern.progress.forecast.Forecast.Reason;
import lectern.progress.forecast.Forecast.Stopped;
import org.jspecify.annotations.Nullable;

/**
 * Estimates when a reading will be finished. The same places at the same time always give
 * the same, without any chance in it.
 *
 * <p>
 * The pace is the average since the first place, but without the one pause that was out
 * of the ordinary ({@link ActiveDayWeights}). The range is that of a sum of days with an
 * unknown mean and variance ({@link Pace}, {@link CompletionDistribution}). It was chosen
 * over resampling past days, which needs chance and is too sure of itself where few days
 * are known. To give recent days more weight, or each day of the week its own, made the
 * expectation no better, so neither is done.
 *
 * <p>
 * The probability is that over readers of all habits together, since nobody says which
 * one is theirs: whoever reads evenly is more often in the range than it claims, and
 * whoever has a long pause before them less often, for nothing foretells the first one.
 * The bench row {@code forecast} measures it.
 */
public final class Forecaster {

	/** That the finish is in the range. */
	public static final double INTERVAL_PROBABILITY = 0.8;

	/** Farther than that nobody foresees anything. */
	private static final double MAX_HORIZON_DAYS = 3652;

	/** Four weeks are a holiday; it takes a pause longer than usual, too. */
	private static final double MIN_STOPPED_DAYS = 28;

	private static final double STOPPED_PAUSE_FACTOR = 3;

	/** Whatever pauses there were. */
	private static final double MAX_PAUSE_DAYS = 365;

	private static final double NANOS_PER_DAY = Duration.ofDays(1).toNanos();

	private Forecaster() {
	}

	/**
	 * Estimate the finish.
	 * @param places where the reader was, in the order of time, none of them undone since
	 * @param finishBy the plan; null if there is none
	 */
	public static Forecast forecast(List<ProgressSample> places, Instant now, @Nullable Instant finishBy) {
		if (places.isEmpty()) {
			return new InsufficientData(Reason.TOO_FEW_REPORTS);
		}
		ProgressSample last = places.getLast();
		if (last.fraction() >= 1) {
			return new EndReached(last.at());
		}
		if (hasStopped(places, now)) {
			return new Stopped(last.at());
		}
		if (places.size() == 1) {
			return new InsufficientData(Reason.TOO_FEW_REPORTS);
		}
		if (DailyProgress.daysBetween(places.getFirst().at(), last.at()) < 1) {
			return new InsufficientData(Reason.LESS_THAN_A_DAY);
		}
		return estimate(places, now, finishBy);
	}

	private static boolean hasStopped(List<ProgressSample> places, Instant now) {
		double usual = 0;
		for (int i = 1; i < places.size(); i++) {
			usual = Math.max(usual, DailyProgress.daysBetween(places.get(i - 1).at(), places.get(i).at()));
		}
		double silent = DailyProgress.daysBetween(places.getLast().at(), now);
		return silent > MAX_PAUSE_DAYS || silent > Math.max(MIN_STOPPED_DAYS, STOPPED_PAUSE_FACTOR * usual);
	}

	private static Forecast estimate(List<ProgressSample> places, Instant now, @Nullable Instant finishBy) {
		DailyProgress days = DailyProgress.of(places, now);
		Pace pace = Pace.of(days, ActiveDayWeights.of(days));
		CompletionDistribution passage = new CompletionDistribution(pace, 1 - places.getLast().fraction());
		if (pace.mean() <= 0) {
			return new InsufficientData(Reason.NOT_FORWARD);
		}
		if (passage.median() > MAX_HORIZON_DAYS) {
			return new InsufficientData(Reason.TOO_FAR_AWAY);
		}
		double quantile = StudentT.quantile((1 + INTERVAL_PROBABILITY) / 2, pace.degreesOfFreedom());
		Double latest = passage.upperBound(quantile);
		return new Expected(plusDays(now, passage.median()), plusDays(now, passage.lowerBound(quantile)),
				(latest != null && latest <= MAX_HORIZON_DAYS) ? plusDays(now, latest) : null, INTERVAL_PROBABILITY,
				pace.mean(), new Basis(places.size(), Duration.between(places.getFirst().at(), now)),
				(finishBy != null) ? passage.cumulativeProbability(DailyProgress.daysBetween(now, finishBy)) : null);
	}

	private static Instant plusDays(Instant now, double days) {
		return now.plusNanos((long) (days * NANOS_PER_DAY));
	}

}
