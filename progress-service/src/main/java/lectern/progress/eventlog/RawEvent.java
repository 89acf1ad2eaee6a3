package lectern.progress.eventlog;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A committed event whose payload has not been parsed, for code that handles many events
 * and needs little of each.
 *
 * @param position the position in the log
 * @param stream the stream to which the event belongs
 * @param version the version in the stream
 * @param reader the reader to whom the event belongs
 * @param type the stored name of the type
 * @param book the slug of the book; null if the event is about no book
 * @param occurredAt when the event occurred
 * @param receivedAt when the event was stored
 * @param data the JSON of the payload
 */
public record RawEvent(long position, String stream, int version, String reader, String type, @Nullable String book,
		Instant occurredAt, Instant receivedAt, String data) {

}
