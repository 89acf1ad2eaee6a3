package lectern.progress.model;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The times that a device sent with a command. They are stored unchanged; decisions use
 * the corrected time.
 *
 * @param occurredAt when the command was given, by the device's clock; null if it was
 * given when it was received
 * @param sentAt when the device sent the command, by the same clock, which gives the
 * error of the clock; null if the device did not say
 * @param ignored true if the times are implausible, so that the command counts as given
 * when it was received; null if they are not, and in commands
 */
public record DeviceClock(@Nullable Instant occurredAt, @Nullable Instant sentAt, @Nullable Boolean ignored) {

	/** The device sent no times: the command was given when it was received. */
	public static final DeviceClock UNKNOWN = new DeviceClock(null, null);

	/**
	 * A clock without a battery starts at 1970, 1980, 2000 or 2001, depending on its
	 * maker.
	 */
	static final Instant EARLIEST = Instant.parse("2002-01-01T00:00:00Z");

	/**
	 * How long before its start a reading may have begun. A reader may start a reading
	 * only when a device is online again, but a clock that was never set is years behind.
	 */
	private static final Duration MAX_BEFORE_START = Duration.ofDays(31);

	/** The times that a device sent. */
	public DeviceClock(@Nullable Instant occurredAt, @Nullable Instant sentAt) {
		this(occurredAt, sentAt, null);
	}

	/** Whether the device sent times, but implausible ones. */
	public boolean wasIgnored() {
		return Boolean.TRUE.equals(this.ignored);
	}

	/** The time of a command that starts a reading. */
	EventTime resolve(Instant receivedAt) {
		return resolveAfter(EARLIEST, receivedAt);
	}

	/**
	 * The time of a command on a reading.
	 * @param startedAt when the reading was started
	 */
	EventTime resolve(Instant receivedAt, Instant startedAt) {
		Instant earliest = startedAt.minus(MAX_BEFORE_START);
		return resolveAfter(earliest.isBefore(EARLIEST) ? EARLIEST : earliest, receivedAt);
	}

	/**
	 * Shift the time by the error of the device's clock. It is never later than the time
	 * at which the command was received.
	 */
	private EventTime resolveAfter(Instant earliest, Instant receivedAt) {
		if (this.occurredAt == null) {
			return new EventTime(receivedAt, UNKNOWN.equals(this) ? null : this);
		}
		Instant shifted = (this.sentAt == null) ? this.occurredAt
				: this.occurredAt.plus(Duration.between(this.sentAt, receivedAt));
		if (shifted.isBefore(earliest)) {
			return new EventTime(receivedAt, new DeviceClock(this.occurredAt, this.sentAt, true));
		}
		return new EventTime(shifted.isAfter(receivedAt) ? receivedAt : shifted, this);
	}

}
