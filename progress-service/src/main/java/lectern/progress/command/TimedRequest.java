package lectern.progress.command;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import lectern.progress.model.DeviceClock;
import org.jspecify.annotations.Nullable;

/**
 * A request body that says when its command was given, so that what was done offline is
 * dated when it was done.
 */
interface TimedRequest {

	/**
	 * When the command was given, by the device's clock: a valid instant; null if it was
	 * given now.
	 */
	@Nullable String occurredAt();

	/**
	 * When the device sent the command, by the same clock, which gives the error of that
	 * clock: a valid instant; null if absent. It is not part of the command that an
	 * idempotency key stands for, so it is left out when that is written: a device sends
	 * the same command again later.
	 */
	@JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
	@Nullable String sentAt();

	/** The times as the model takes them. */
	default DeviceClock clock() {
		Instant occurred = instant(occurredAt());
		Instant sent = instant(sentAt());
		return (occurred != null || sent != null) ? new DeviceClock(occurred, sent) : DeviceClock.UNKNOWN;
	}

	private static @Nullable Instant instant(@Nullable String timestamp) {
		return (timestamp != null) ? ValidInstant.ValidInstantValidator.parse(timestamp) : null;
	}

}
