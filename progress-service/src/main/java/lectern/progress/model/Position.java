package lectern.progress.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where in a book a reader was at an instant.
 *
 * @param fraction 0 to 1; six decimals are kept, the rest is cut off so that nearly
 * finished never becomes finished
 * @param page as printed or shown; null when unknown
 * @param chapter its title or number; null when unknown
 * @param locator the device's own, opaque; null when it gave none
 * @param device null when unknown
 * @param occurredAt when the reader was there
 */
public record Position(BigDecimal fraction, @Nullable Integer page, @Nullable String chapter, @Nullable String locator,
		@Nullable Device device, Instant occurredAt) {

	private static final int DECIMALS = 6;

	/**
	 * @throws IllegalArgumentException for a fraction below 0 or above 1
	 */
	public Position {
		if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
			throw new IllegalArgumentException("A fraction is from 0 to 1");
		}
		fraction = truncate(fraction.stripTrailingZeros());
	}

	private static BigDecimal truncate(BigDecimal plain) {
		if (plain.scale() <= DECIMALS) {
			return plain;
		}
		// Whoever sends 1E-999999999 must not make us write out its zeros.
		return (plain.precision() - plain.scale() <= -DECIMALS) ? BigDecimal.ZERO
				: plain.setScale(DECIMALS, RoundingMode.DOWN).stripTrailingZeros();
	}

	/** The same place at another time. */
	Position at(Instant instant) {
		return new Position(this.fraction, this.page, this.chapter, this.locator, this.device, instant);
	}

	boolean isFurtherThan(BigDecimal otherFraction) {
		return this.fraction.compareTo(otherFraction) > 0;
	}

}
