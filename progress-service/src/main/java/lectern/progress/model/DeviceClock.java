package lectern.progress.model;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The times that a device sent with a report. They are stored unchanged; decisions use
 * the corrected time.
 *
 * @param occurredAt when the reader was at the position, by the device's clock; null if
 * the report is about the time at which it is received
 * @param sentAt when the device sent the report, by the same clock, which gives the error
 * of the clock; null if the device did not say
 */
public record DeviceClock(@Nullable Instant occurredAt, @Nullable Instant sentAt) {

	/** The device sent no times: the report is about the time at which it is received. */
	public static final DeviceClock UNKNOWN = new DeviceClock(null, null);

	/**
	 * No device is older than this; an earlier time comes from a clock that was never
	 * set.
	 */
	private static final Instant EARLIEST = Instant.EPOCH;

	/**
	 * The time of the report, shifted by the error of the device's clock, and never later
	 * than the time at which the report was received.
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
