package lectern.progress.representation;

import java.math.BigDecimal;
import java.time.Instant;

import lectern.progress.model.Device;
import lectern.progress.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * A position as it is shown. What is absent is unknown.
 *
 * @param fraction 0 to 1, at most six decimals
 * @param occurredAt when the reader was there, by a clock that is right
 * @param receivedAt when it was stored
 */
public record PositionView(BigDecimal fraction, @Nullable Integer page, @Nullable String chapter,
		@Nullable String locator, @Nullable Device device, Instant occurredAt, Instant receivedAt) {

	/** What is shown of a position that came in with an event. */
	public static PositionView of(Position position, Instant receivedAt) {
		return new PositionView(position.fraction(), position.page(), position.chapter(), position.locator(),
				position.device(), position.occurredAt(), receivedAt);
	}

	/** The position that is shown. */
	public Position toPosition() {
		return new Position(this.fraction, this.page, this.chapter, this.locator, this.device, this.occurredAt);
	}

}
