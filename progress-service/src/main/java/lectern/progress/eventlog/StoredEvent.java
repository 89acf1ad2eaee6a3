package lectern.progress.eventlog;

import java.time.Instant;

import lectern.streaming.log.EventEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * A committed event.
 *
 * @param position its place in the log, 1 for the first, without holes
 * @param stream what it belongs to
 * @param version its place in the stream, 1 for the first, without holes
 * @param reader whose it is
 * @param type its stored name
 * @param book the slug of the book it is about; null if it is about none
 * @param occurredAt when it happened
 * @param receivedAt when it was stored; never decreases along the log
 * @param payload what happened, of the class that {@link EventTypes} has for the type
 */
public record StoredEvent(long position, String stream, int version, String reader, String type, @Nullable String book,
		Instant occurredAt, Instant receivedAt, Object payload) {

	/** The same with another version and payload, to be shown. */
	public StoredEvent with(int otherVersion, Object otherPayload) {
		return new StoredEvent(this.position, this.stream, otherVersion, this.reader, this.type, this.book,
				this.occurredAt, this.receivedAt, otherPayload);
	}

	/** The event as those who follow the log get it. */
	public EventEnvelope<StoredEvent> toEnvelope() {
		return new EventEnvelope<>(this.position, this.receivedAt, this);
	}

}
