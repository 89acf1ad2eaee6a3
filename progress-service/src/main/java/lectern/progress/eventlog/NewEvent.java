package lectern.progress.eventlog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * An event to append.
 *
 * @param reader the reader to whom the event belongs
 * @param book the slug of the book; null if the event is about no book
 * @param occurredAt when the event occurred, in microseconds, the precision of the log
 * @param payload the payload, of a class that {@link EventTypes} knows
 */
public record NewEvent(String reader, @Nullable String book, Instant occurredAt, Object payload) {

	public NewEvent {
		occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS);
	}

}
