package lectern.progress.eventlog;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A committed event whose payload nobody has read yet: for who shows many of them and
 * needs little of each.
 *
 * @param position its place in the log
 * @param stream what it belongs to
 * @param version its place in the stream
 * @param reader whose it is
 * @param type its stored name
 * @param book the slug of the book it is about; null if it is about none
 * @param occurredAt when it happened
 * @param receivedAt when it was stored
 * @param data the JSON that the payload is stored as
 */
public record RawEvent(long position, String stream, int version, String reader, String type, @Nullable String book,
		Instant occurredAt, Instant receivedAt, String data) {

}
