package lectern.progress.projection;

import java.time.Instant;
import java.util.List;

import lectern.progress.eventlog.CanaryEvent;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.EventEnvelope;

/**
 * Events with no others between them that are applied together; none at the end of the
 * log.
 *
 * @param from the position after which the page was read
 * @param events in the order of the log
 */
record EventPage(long from, List<StoredEvent> events) {

	static EventPage of(long from, List<EventEnvelope<StoredEvent>> envelopes) {
		return new EventPage(from, envelopes.stream().map(EventEnvelope::event).toList());
	}

	/** The position of the last event; where the page begins if it is empty. */
	long to() {
		return this.events.isEmpty() ? this.from : this.events.getLast().position();
	}

	/** Whether nobody has done anything meanwhile. */
	boolean hasOnlyCanaries() {
		return this.events.stream().allMatch((event) -> event.payload() instanceof CanaryEvent);
	}

	/** When the first event was received; not of an empty page. */
	Instant oldest() {
		return this.events.getFirst().receivedAt();
	}

}
