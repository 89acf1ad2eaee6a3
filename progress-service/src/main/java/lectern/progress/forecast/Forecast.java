package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** A forecast of when a reading will be finished. */
public sealed interface Forecast {

	/** The samples do not allow a forecast. */
	record InsufficientData(Reason reason) implements Forecast {
	}

	/**
	 * The reader has not reported for so long that the reading has probably stopped.
	 *
	 * @param since the time of the last sample
	 */
	record Stopped(Instant since) implements Forecast {
	}

	/**
	 * The position is at the end of the book, but the reading is not marked as finished.
	 *
	 * @param since when the end was reached
	 */
	record EndReached(Instant since) implements Forecast {
	}

	/**
	 * An expected finish with a prediction interval.
	 *
	 * @param expected the median; never before now
	 * @param earliest the lower bound of the interval, not after the median
	 * @param latest the upper bound of the interval, not before the median; null if there
	 * is none or it is too far away
	 * @param probability the probability of the interval, 0 to 1
	 * @param pace the progress in a day as a fraction of the book, 0 to 1
	 * @param basis the data of the estimate
	 * @param onTimeProbability the probability of a finish by the planned time; null
	 * without a plan
	 */
	record Expected(Instant expected, Instant earliest, @Nullable Instant latest, double probability, double pace,
			Basis basis, @Nullable Double onTimeProbability) implements Forecast {
	}

	/**
	 * The finish at a pace that is assumed, not estimated.
	 *
	 * @param expected the finish if the reader keeps this pace from now on
	 * @param pace the progress in a day as a fraction of the book
	 */
	record AtPace(Instant expected, double pace) implements Forecast {
	}

	/**
	 * The data that a forecast is estimated from.
	 *
	 * @param samples the number of reports that moved the position
	 * @param period the time from the first of them until now
	 */
	record Basis(int samples, Duration period) {
	}

	/** Why there is no forecast. */
	enum Reason {

		/** There is at most one sample. */
		TOO_FEW_REPORTS,

		/** All samples are from one day. */
		LESS_THAN_A_DAY,

		/** The position is not further than at the first sample. */
		NOT_FORWARD,

		/** At this pace the finish is beyond the horizon of the forecast. */
		TOO_FAR_AWAY

	}

}
