package lectern.progress.command;

import java.math.BigDecimal;
import java.time.Instant;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import lectern.progress.model.Device;
import lectern.progress.model.DeviceClock;
import lectern.progress.model.Policy;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.web.Text;

/**
 * What is sent to report a position. The constraints hold for what has passed validation.
 *
 * @param occurredAt by the device's own clock; now when absent
 * @param sentAt by the same clock, which tells how wrong it is
 */
record PositionContent(
		@NotNull(message = "is missing") @DecimalMin(value = "0", message = FRACTION) @DecimalMax(value = "1",
				message = FRACTION) BigDecimal fraction,
		@Min(value = 0, message = PAGE) @Max(value = 1_000_000, message = PAGE) @Nullable Integer page,
		@Text(max = 500) @Nullable String chapter, @Text(max = 2000) @Nullable String locator,
		@Valid @Nullable DeviceContent device, @Timestamp @Nullable String occurredAt,
		@Timestamp @Nullable String sentAt) implements CommandContent {

	static final String FRACTION = "must be a number from 0 to 1";

	static final String PAGE = "must be a whole number from 0 to 1000000";

	ReportPosition by(String reader, Instant receivedAt) {
		return new ReportPosition(reader, this.fraction, this.page, this.chapter, this.locator,
				(this.device != null) ? new Device(this.device.id(), this.device.name()) : null,
				new DeviceClock(instant(this.occurredAt), instant(this.sentAt)), Policy.LATEST, receivedAt);
	}

	@Override
	public ReportPosition by(String reader, Instant receivedAt, Past past) {
		return by(reader, receivedAt);
	}

	private static @Nullable Instant instant(@Nullable String timestamp) {
		return (timestamp != null) ? Timestamp.Check.parse(timestamp) : null;
	}

	/** The device that reports. */
	record DeviceContent(@NotNull(message = "is missing") @Text(max = 100) String id,
			@Text(max = 200) @Nullable String name) {
	}

}
