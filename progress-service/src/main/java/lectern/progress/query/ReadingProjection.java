package lectern.progress.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.ReaderErased;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.projection.Projection;
import lectern.progress.query.ReadingSnapshots.Snapshot;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Folds the events of readings into their current state, and takes a snapshot of the
 * state at each checkpoint on the way.
 */
@Component
class ReadingProjection implements Projection {

	/** About 10 MB. */
	private static final int MAX_RECENT = 10_000;

	private final CurrentReadings readings;

	private final ReadingSnapshots snapshots;

	/**
	 * The states that were folded last, by the id of the reading; so those that change
	 * often are not read again. A state is a function of the events up to its version, so
	 * the version alone tells whether the next event continues it. The cache is replaced
	 * to forget all, because to clear it may wait for a lock.
	 */
	private volatile Cache<String, ReadingDocument> recent = emptyCache();

	ReadingProjection(CurrentReadings readings, ReadingSnapshots snapshots) {
		this.readings = readings;
		this.snapshots = snapshots;
	}

	private static Cache<String, ReadingDocument> emptyCache() {
		return Caffeine.newBuilder().maximumSize(MAX_RECENT).build();
	}

	@Override
	public String name() {
		return CurrentReadings.NAME;
	}

	/** Applies a page with two or three statements, whatever its size. */
	@Override
	public Mono<Void> apply(List<StoredEvent> events) {
		Map<String, List<StoredEvent>> byReading = new LinkedHashMap<>();
		for (StoredEvent event : events) {
			if (ReadingDocument.concerns(event)) {
				byReading.computeIfAbsent(event.stream(), (_) -> new ArrayList<>()).add(event);
			}
		}
		return byReading.isEmpty() ? Mono.empty()
				: statesBefore(byReading).flatMap((states) -> store(Changes.of(states, byReading)));
	}

	private Mono<Map<String, ReadingDocument>> statesBefore(Map<String, List<StoredEvent>> byReading) {
		Map<String, ReadingDocument> states = new HashMap<>();
		List<String> missing = new ArrayList<>();
		byReading.forEach((reading, events) -> {
			ReadingDocument document = this.recent.getIfPresent(reading);
			if (document != null && document.version() == events.getFirst().version() - 1) {
				states.put(reading, document);
			}
			else {
				missing.add(reading);
			}
		});
		return missing.isEmpty() ? Mono.just(states) : this.readings.findAll(missing).map((stored) -> {
			states.putAll(stored);
			return states;
		});
	}

	private Mono<Void> store(Changes changes) {
		changes.documents().forEach((document) -> this.recent.put(document.id().toString(), document));
		return changes.documents().isEmpty() ? Mono.empty()
				: this.readings.store(changes.documents(), changes.lastEvents())
					.then(changes.snapshots().isEmpty() ? Mono.empty() : this.snapshots.store(changes.snapshots()));
	}

	@Override
	public Mono<Void> erase(ErasedReader reader) {
		return this.readings.erase(reader.handle()).then(this.snapshots.erase(reader.handle()));
	}

	@EventListener
	void onErasure(ReaderErased event) {
		this.recent = emptyCache();
	}

	/**
	 * What the events of a page change.
	 *
	 * @param documents the new states of the readings
	 * @param lastEvents the last event of each, in the same order
	 * @param snapshots the states at the checkpoints
	 */
	private record Changes(List<ReadingDocument> documents, List<StoredEvent> lastEvents, List<Snapshot> snapshots) {

		static Changes of(Map<String, ReadingDocument> before, Map<String, List<StoredEvent>> byReading) {
			Changes changes = new Changes(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
			byReading.forEach((reading, events) -> changes.add(before.get(reading), events));
			return changes;
		}

		/**
		 * Fold the events of a reading, except for those that have been folded before.
		 */
		private void add(@Nullable ReadingDocument before, List<StoredEvent> events) {
			ReadingDocument document = before;
			for (StoredEvent event : events) {
				boolean isNext = (document != null) ? document.version() < event.version()
						: event.payload() instanceof ReadingStarted;
				if (isNext) {
					document = ReadingDocument.evolve(document, event);
					if (event.version() % EventLog.CHECKPOINT_INTERVAL == 0) {
						this.snapshots.add(new Snapshot(event, document));
					}
				}
			}
			if (document != null && document != before) {
				this.documents.add(document);
				this.lastEvents.add(events.getLast());
			}
		}

	}

}
