package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lectern.progress.forecast.Forecast.AtTheEnd;
import lectern.progress.forecast.Forecast.Basis;
import lectern.progress.forecast.Forecast.Expected;
import lectern.progress.forecast.Forecast.Reason;
import lectern.progress.forecast.Forecast.Stopped;
import lectern.progress.forecast.Forecast.TooLittle;

/**
 * Estimates when a reading will be finished. The same places at the same time always give
 * the same, without any chance in it.
 *
 * <p>
 * The pace is the average since the first place, but without the one pause that was out
 * of the ordinary ({@link Exposure}). The range is that of a sum of days with an unknown
 * mean and variance ({@link Pace}, {@link Passage}). It was chosen over resampling past
 * days, which needs chance and is too sure of itself where few days are known. To give
 * recent days more weight, or each day of the week its own, made the expectation no
 * better, so neither is done.
 *
 * <p>
 * The probability is that over readers of all habits together, since nobody says which
 * one is theirs: whoever reads evenly is more often in the range than it claims, and
 * whoever has a long pause before them less often, for nothing foretells the first one.
 * The bench row {@code forecast} measures it.
 */
public final class Forecaster {

	/** That the finish is in the range. */
	public static final double PROBABILITY = 0.8;

	/** Farther than that nobody foresees anything. */
	private static final double FARTHEST_DAYS = 3652;

	/** Four weeks are a holiday; it takes a pause longer than usual, too. */
	private static final double STOPPED_DAYS = 28;

	private static final double LONGER_THAN_USUAL = 3;

	/** Whatever pauses there were. */
	private static final double STOPPED_IN_ANY_CASE = 365;

	private static final double NANOS = Duration.ofDays(1).toNanos();

	private Forecaster() {
	}

	/**
	 * Estimate the finish.
	 * @param places where the reader was, in the order of time, none of them undone since
	 * @param finishBy the plan; null if there is none
	 */
	public static Forecast forecast(List<Place> places, Instant now, @Nullable Instant finishBy) {
		if (places.isEmpty()) {
			return new TooLittle(Reason.TOO_FEW_REPORTS);
		}
		Place last = places.getLast();
		if (last.fraction() >= 1) {
			return new AtTheEnd(last.at());
		}
		if (hasStopped(places, now)) {
			return new Stopped(last.at());
		}
		if (places.size() == 1) {
			return new TooLittle(Reason.TOO_FEW_REPORTS);
		}
		if (Days.between(places.getFirst().at(), last.at()) < 1) {
			return new TooLittle(Reason.LESS_THAN_A_DAY);
		}
		return expected(places, now, finishBy);
	}

	private static boolean hasStopped(List<Place> places, Instant now) {
		double usual = 0;
		for (int i = 1; i < places.size(); i++) {
			usual = Math.max(usual, Days.between(places.get(i - 1).at(), places.get(i).at()));
		}
		double silent = Days.between(places.getLast().at(), now);
		return silent > STOPPED_IN_ANY_CASE || silent > Math.max(STOPPED_DAYS, LONGER_THAN_USUAL * usual);
	}

	private static Forecast expected(List<Place> places, Instant now, @Nullable Instant finishBy) {
		Days days = Days.of(places, now);
		Pace pace = Pace.of(days, Exposure.of(days));
		Passage passage = new Passage(pace, 1 - places.getLast().fraction());
		if (pace.mean() <= 0) {
			return new TooLittle(Reason.NOT_FORWARD);
		}
		if (passage.middle() > FARTHEST_DAYS) {
			return new TooLittle(Reason.TOO_FAR_AWAY);
		}
		double quantile = StudentT.quantile((1 + PROBABILITY) / 2, pace.degrees());
		Double latest = passage.latest(quantile);
		return new Expected(after(now, passage.middle()), after(now, passage.earliest(quantile)),
				(latest != null && latest <= FARTHEST_DAYS) ? after(now, latest) : null, PROBABILITY, pace.mean(),
				new Basis(places.size(), Duration.between(places.getFirst().at(), now)),
				(finishBy != null) ? passage.probability(Days.between(now, finishBy)) : null);
	}

	private static Instant after(Instant now, double days) {
		return now.plusNanos((long) (days * NANOS));
	}

}
