package lectern.progress.command;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.EventTimeReplay;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import reactor.core.publisher.Mono;

/**
 * A reading with all its events, from which its earlier states are computed.
 *
 * @param events in order; empty if there is no such reading
 */
record StoredReading(UUID id, List<StoredEvent> events) {

	/** Load a reading; cold; empty if there is none with this id. */
	static Mono<StoredReading> load(EventLog log, UUID reading) {
		return log.load(reading.toString())
			.collectList()
			.filter((events) -> !events.isEmpty())
			.map((events) -> new StoredReading(reading, events));
	}

	/** The reading as it was known at a time. */
	Reading at(PointInTime time) {
		Reading reading = Reading.NOT_STARTED;
		for (StoredEvent event : this.events) {
			if (time.includes(event) && event.payload() instanceof ReadingEvent known) {
				reading = ReadingDecider.evolve(reading, known);
			}
		}
		return reading;
	}

	/** Where the reader was at an instant, whenever it was reported. */
	Reading byOccurrenceAt(Instant instant) {
		List<ReadingEvent> known = this.events.stream()
			.map(StoredEvent::payload)
			.filter(ReadingEvent.class::isInstance)
			.map(ReadingEvent.class::cast)
			.toList();
		return EventTimeReplay.readingAt(known, instant);
	}

}
