package lectern.progress.command;

import java.math.BigDecimal;
import java.time.Instant;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import lectern.progress.model.Device;
import lectern.progress.model.PositionUpdateMode;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * The request body of a position report: a fraction, or a page of the reading's edition,
 * or both. The non-null types hold after validation.
 *
 * @param occurredAt when the reader was at the position, by the device's clock; the
 * current time if absent
 * @param sentAt when the device sent the report, by the same clock, which gives the error
 * of that clock; may be absent
 */
@FractionOrPage
record PositionRequest(
		@DecimalMin(value = "0", message = FRACTION) @DecimalMax(value = "1",
				message = FRACTION) @Nullable BigDecimal fraction,
		@Min(value = 0, message = PAGE) @Max(value = MAX_PAGE, message = PAGE) @Nullable Integer page,
		@PlainText(max = MAX_CHAPTER) @Nullable String chapter, @PlainText(max = MAX_LOCATOR) @Nullable String locator,
		@Valid @Nullable DeviceRequest device, @ValidInstant @Nullable String occurredAt,
		@ValidInstant @Nullable String sentAt) implements ReadingCommandRequest {

	static final int MAX_PAGE = 1_000_000;

	static final int MAX_CHAPTER = 500;

	static final int MAX_LOCATOR = 2000;

	static final String FRACTION = "must be a number from 0 to 1";

	static final String PAGE = "must be a whole number from 0 to 1000000";

	ReportPosition toCommand(String reader, Instant receivedAt) {
		return new ReportPosition(reader, this.fraction, this.page, this.chapter, this.locator,
				(this.device != null) ? new Device(this.device.id(), this.device.name()) : null, clock(),
				PositionUpdateMode.LATEST, receivedAt);
	}

	@Override
	public ReportPosition toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
		return toCommand(reader, receivedAt);
	}

	/** The device that sends the report. */
	record DeviceRequest(@NotNull(message = "is missing") @PlainText(max = MAX_ID) String id,
			@PlainText(max = MAX_NAME) @Nullable String name) {

		static final int MAX_ID = 100;

		static final int MAX_NAME = 200;

	}

}
