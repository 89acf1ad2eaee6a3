package lectern.progress.command;

import java.time.Instant;

import lectern.progress.model.ReadingCommand.RemoveReading;
import org.jspecify.annotations.Nullable;

/** A removal of a reading in a list; alone it is a DELETE of the reading. */
record RemovalRequest(@ValidInstant @Nullable String occurredAt,
		@ValidInstant @Nullable String sentAt) implements TimedRequest {

	/** The removal without a time. */
	static final RemovalRequest NOW = new RemovalRequest(null, null);

	RemoveReading toCommand(String reader, Instant receivedAt) {
		return new RemoveReading(reader, clock(), receivedAt);
	}

}
