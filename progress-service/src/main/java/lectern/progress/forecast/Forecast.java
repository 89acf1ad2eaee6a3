package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** What can be said of a finish that has not come yet. */
public sealed interface Forecast {

	/** It cannot be told from what is known. */
	record InsufficientData(Reason reason) implements Forecast {
	}

	/**
	 * Nothing has come for so long that it would be no surprise if nothing came any more.
	 *
	 * @param since when the reader was last there
	 */
	record Stopped(Instant since) implements Forecast {
	}

	/**
	 * The reader is at the end of the book, and has only to say so.
	 *
	 * @param since when the end was reached
	 */
	record EndReached(Instant since) implements Forecast {
	}

	/**
	 * A finish to be expected.
	 *
	 * @param expected as likely later as earlier; never before now
	 * @param earliest the range's beginning, not after the expected
	 * @param latest the range's end, not before the expected; null if it has none that is
	 * worth telling
	 * @param probability that the finish is in the range, 0 to 1
	 * @param pace how much of the book is read in a day, 0 to 1
	 * @param basis what it was estimated from
	 * @param onTimeProbability the probability that it comes by the plan's instant; null
	 * without a plan
	 */
	record Expected(Instant expected, Instant earliest, @Nullable Instant latest, double probability, double pace,
			Basis basis, @Nullable Double onTimeProbability) implements Forecast {
	}

	/**
	 * What a forecast rests on.
	 *
	 * @param samples how many reports that moved the position
	 * @param period from the first of them until now
	 */
	record Basis(int samples, Duration period) {
	}

	/** Why nothing can be told. */
	enum Reason {

		/** Only one place is known, or none. */
		TOO_FEW_REPORTS,

		/** All that is known is of one day. */
		LESS_THAN_A_DAY,

		/** The reader is not further than at the beginning. */
		NOT_FORWARD,

		/** At this pace it takes longer than anybody can foresee. */
		TOO_FAR_AWAY

	}

}
