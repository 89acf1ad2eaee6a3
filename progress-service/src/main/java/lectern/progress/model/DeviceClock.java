package lectern.progress.model;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a device's own clock said. It is kept as it came; what is reckoned with is
 * corrected by it.
 *
 * @param occurredAt when the reader was there; null when it is now
 * @param sentAt when the report was sent, which tells how wrong the clock is; null when
 * it was not said
 */
public record DeviceClock(@Nullable Instant occurredAt, @Nullable Instant sentAt) {

	/** Nothing was said: the report is of this moment. */
	public static final DeviceClock UNKNOWN = new DeviceClock(null, null);

	/** No device is older, and a date before it is a clock never set. */
	private static final Instant EARLIEST = Instant.EPOCH;

	/**
	 * When it happened: shifted by as much as the clock is wrong, and never after the
	 * report came in.
	 */
	Instant corrected(Instant receivedAt) {
		if (this.occurredAt == null) {
			return receivedAt;
		}
		Instant shifted = (this.sentAt == null) ? this.occurredAt
				: this.occurredAt.plus(Duration.between(this.sentAt, receivedAt));
		if (shifted.isAfter(receivedAt)) {
			return receivedAt;
		}
		return shifted.isBefore(EARLIEST) ? EARLIEST : shifted;
	}

}
