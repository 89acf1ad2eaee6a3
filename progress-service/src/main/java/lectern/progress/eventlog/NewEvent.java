package lectern.progress.eventlog;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An event to be stored.
 *
 * @param reader whose it is
 * @param book the slug of the book it is about; null if it is about none
 * @param occurredAt when it happened
 * @param payload what happened, of a class known to {@link EventTypes}
 */
public record NewEvent(String reader, @Nullable String book, Instant occurredAt, Object payload) {

}
