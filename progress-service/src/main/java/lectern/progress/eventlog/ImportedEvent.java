package lectern.progress.eventlog;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An event of another log.
 *
 * @param version the version in the stream
 * @param type the stored name of the type, which need not be registered
 * @param book the id of the book; null if the event is about no book
 * @param data the JSON of the payload, on one line
 */
public record ImportedEvent(String stream, int version, String type, @Nullable String book, Instant occurredAt,
		String data) {

}
