package lectern.progress.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What statistics are about.
 *
 * @param from the first instant in it
 * @param to the first instant after it
 * @param zone whose days are counted
 */
record StatisticsPeriod(Instant from, Instant to, ZoneId zone) {

	/** Longer ones are refused: who wants to know asks year by year. */
	static final Duration MAX_LENGTH = Duration.ofDays(3660);

	boolean contains(Instant instant) {
		return !instant.isBefore(this.from) && instant.isBefore(this.to);
	}

	LocalDate day(Instant instant) {
		return LocalDate.ofInstant(instant, this.zone);
	}

	/** The last day that is in it, in part at least. */
	LocalDate lastDay() {
		return day(this.from.isBefore(this.to) ? this.to.minusNanos(1) : this.to);
	}

	Instant endOf(LocalDate day) {
		return day.plusDays(1).atStartOfDay(this.zone).toInstant();
	}

	/** An instant, or the end of the span that is nearest to it. */
	Instant clamp(Instant instant) {
		if (instant.isBefore(this.from)) {
			return this.from;
		}
		return instant.isAfter(this.to) ? this.to : instant;
	}

}
