package lectern.progress.query;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.representation.ReadingDocument;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Reads the history of a reading, the newest event first. */
@Component
class ReadingHistory {

	private final EventLog log;

	private final ReadingSnapshots snapshots;

	ReadingHistory(EventLog log, ReadingSnapshots snapshots) {
		this.log = log;
		this.snapshots = snapshots;
	}

	/**
	 * Read a part of a reading's history.
	 * @param now any cursor of the log; it supplies the epoch
	 * @param before only versions below this one
	 * @param limit maximum number of entries
	 * @return cold; empty if there are none, or the reading belongs to another reader
	 */
	Mono<List<HistoryEntry>> findBefore(String reader, UUID reading, Cursor now, int before, int limit) {
		return this.log.loadBackwards(reading.toString(), before, limit)
			.filter((event) -> event.reader().equals(reader))
			.collectList()
			.filter((events) -> !events.isEmpty())
			.flatMap((events) -> this.snapshots.findAt(reader, reading.toString(), events.getLast().position() - 1)
				.map((start) -> entries(start, events, now))
				.switchIfEmpty(Mono.fromSupplier(() -> entries(null, events, now))));
	}

	private static List<HistoryEntry> entries(@Nullable ReadingDocument start, List<StoredEvent> events, Cursor now) {
		List<HistoryEntry> entries = new ArrayList<>();
		ReadingDocument document = start;
		for (StoredEvent event : events.reversed()) {
			document = ReadingDocument.evolve(document, event);
			entries.add(HistoryEntry.of(now.at(event.position()), event, document));
		}
		return entries.reversed();
	}

}
