package lectern.progress.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The period that statistics cover.
 *
 * @param from the first instant in it
 * @param to the first instant after it
 * @param zone the time zone that defines the days
 */
record StatisticsPeriod(Instant from, Instant to, ZoneId zone) {

	/**
	 * The longest period allowed, about ten years; longer ones can be requested in parts.
	 */
	static final Duration MAX_LENGTH = Duration.ofDays(3660);

	boolean contains(Instant instant) {
		return !instant.isBefore(this.from) && instant.isBefore(this.to);
	}

	LocalDate day(Instant instant) {
		return LocalDate.ofInstant(instant, this.zone);
	}

	/** Return the period of a length that ends where this one begins. */
	StatisticsPeriod before(Duration length) {
		return new StatisticsPeriod(this.from.minus(length), this.from, this.zone);
	}

	LocalDate firstDay() {
		return day(this.from);
	}

	/** Return the last day that the period contains, at least in part. */
	LocalDate lastDay() {
		return day(this.from.isBefore(this.to) ? this.to.minusNanos(1) : this.to);
	}

	Instant endOf(LocalDate day) {
		return day.plusDays(1).atStartOfDay(this.zone).toInstant();
	}

	/** Limit an instant to the period. */
	Instant clamp(Instant instant) {
		if (instant.isBefore(this.from)) {
			return this.from;
		}
		return instant.isAfter(this.to) ? this.to : instant;
	}

}
