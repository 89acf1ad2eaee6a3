package lectern.progress.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The position of a reader in a book at an instant.
 *
 * @param fraction 0 to 1, truncated to six decimals; not rounded, so that a fraction
 * below 1 never becomes 1
 * @param page the page as printed or displayed; null if unknown
 * @param chapter the title or number of the chapter; null if unknown
 * @param locator an opaque value of the device; null if it sent none
 * @param device the device that reported; null if unknown
 * @param occurredAt when the reader was at this position
 */
public record Position(BigDecimal fraction, @Nullable Integer page, @Nullable String chapter, @Nullable String locator,
		@Nullable Device device, Instant occurredAt) {

	/** The decimals of a fraction. */
	static final int DECIMALS = 6;

	/**
	 * @throws IllegalArgumentException for a fraction below 0 or above 1
	 */
	public Position {
		if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
			throw new IllegalArgumentException("A fraction must be from 0 to 1");
		}
		fraction = truncate(fraction.stripTrailingZeros());
	}

	private static BigDecimal truncate(BigDecimal plain) {
		if (plain.scale() <= DECIMALS) {
			return plain;
		}
		// A client that sends 1E-999999999 must not make setScale write all the zeros.
		return (plain.precision() - plain.scale() <= -DECIMALS) ? BigDecimal.ZERO
				: plain.setScale(DECIMALS, RoundingMode.DOWN).stripTrailingZeros();
	}

	/** The same position at another time. */
	Position at(Instant instant) {
		return new Position(this.fraction, this.page, this.chapter, this.locator, this.device, instant);
	}

	/** The same position with another fraction. */
	Position withFraction(BigDecimal other) {
		return new Position(other, this.page, this.chapter, this.locator, this.device, this.occurredAt);
	}

	/** The same position with the page of no edition. */
	Position withoutPage() {
		return new Position(this.fraction, null, this.chapter, this.locator, this.device, this.occurredAt);
	}

	boolean isFurtherThan(BigDecimal otherFraction) {
		return this.fraction.compareTo(otherFraction) > 0;
	}

}
