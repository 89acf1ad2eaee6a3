package lectern.progress.eventlog;

import java.time.Instant;

import lectern.streaming.log.EventEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * A committed event.
 *
 * @param position the position in the log, from 1; only those of canaries become empty
 * @param stream the stream to which the event belongs
 * @param version the version in the stream, from 1, without gaps
 * @param reader the reader to whom the event belongs; a token if that reader was erased
 * @param type the stored name of the type
 * @param book the slug of the book; null if the event is about no book
 * @param occurredAt when the event occurred
 * @param receivedAt when the event was stored; never decreases along the log
 * @param payload the payload, of the class that {@link EventTypes} has for the type, or
 * an {@link UnknownEvent} or an {@link ErasedEvent}
 */
public record StoredEvent(long position, String stream, int version, String reader, String type, @Nullable String book,
		Instant occurredAt, Instant receivedAt, Object payload) {

	/** A copy with another version and payload, for display. */
	public StoredEvent with(int otherVersion, Object otherPayload) {
		return new StoredEvent(this.position, this.stream, otherVersion, this.reader, this.type, this.book,
				this.occurredAt, this.receivedAt, otherPayload);
	}

	/** The event in the envelope that readers of the log receive. */
	public EventEnvelope<StoredEvent> toEnvelope() {
		return new EventEnvelope<>(this.position, this.receivedAt, this);
	}

}
