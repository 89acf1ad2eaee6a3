package lectern.progress.representation;

import java.math.BigDecimal;
import java.time.Instant;

import lectern.progress.model.Device;
import lectern.progress.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a position. Absent members are unknown.
 *
 * @param fraction 0 to 1, at most six decimals
 * @param page absent if unknown
 * @param chapter absent if unknown
 * @param locator opaque to this service
 * @param device the device that reported it
 * @param occurredAt when the reader was there, corrected for the device's clock
 * @param receivedAt when the event was stored
 */
public record PositionView(BigDecimal fraction, @Nullable Integer page, @Nullable String chapter,
		@Nullable String locator, @Nullable Device device, Instant occurredAt, Instant receivedAt) {

	/** Create the view of a position that an event contains. */
	public static PositionView of(Position position, Instant receivedAt) {
		return new PositionView(position.fraction(), position.page(), position.chapter(), position.locator(),
				position.device(), position.occurredAt(), receivedAt);
	}

	/** Return the position of the model. */
	public Position toPosition() {
		return new Position(this.fraction, this.page, this.chapter, this.locator, this.device, this.occurredAt);
	}

}
