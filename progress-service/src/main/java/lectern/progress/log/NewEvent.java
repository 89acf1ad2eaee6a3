package lectern.progress.log;

import java.time.Instant;

/**
 * An event to be stored.
 *
 * @param reader whose it is
 * @param book the slug of the book it is about
 * @param occurredAt when it happened
 * @param payload what happened, of a class known to {@link EventTypes}
 */
public record NewEvent(String reader, String book, Instant occurredAt, Object payload) {

}
