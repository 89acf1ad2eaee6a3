package lectern.progress.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import lectern.streaming.Cursor;
import lectern.streaming.EventSource;

/** A log that lasts as long as a test. */
public final class InMemoryEventLog implements EventLog {

	private static final String EPOCH = "epochoftest";

	private final EventTypes types;

	private final List<StoredEvent> events = new ArrayList<>();

	public InMemoryEventLog(EventTypes types) {
		this.types = types;
	}

	@Override
	public Flux<StoredEvent> load(String stream) {
		return Flux.defer(() -> Flux.fromIterable(copy()).filter((event) -> event.stream().equals(stream)));
	}

	@Override
	public Mono<Appended> append(String stream, int expectedVersion, List<NewEvent> added) {
		return Mono.fromSupplier(() -> store(stream, expectedVersion, added));
	}

	private synchronized Appended store(String stream, int expectedVersion, List<NewEvent> added) {
		if (added.isEmpty()) {
			throw new IllegalArgumentException("There is nothing to append");
		}
		if (this.events.stream().filter((event) -> event.stream().equals(stream)).count() != expectedVersion) {
			throw new VersionConflict(stream, expectedVersion);
		}
		List<StoredEvent> stored = new ArrayList<>();
		Instant now = Instant.now();
		for (NewEvent event : added) {
			stored.add(new StoredEvent(this.events.size() + stored.size() + 1, stream,
					expectedVersion + stored.size() + 1, event.reader(), this.types.name(event.payload()), event.book(),
					event.occurredAt(), now, event.payload()));
		}
		this.events.addAll(stored);
		return new Appended(new Cursor(EPOCH, this.events.size()), stored);
	}

	@Override
	public Mono<Cursor> cursor() {
		return Mono.fromSupplier(() -> new Cursor(EPOCH, copy().size()));
	}

	@Override
	public EventSource<StoredEvent> all() {
		return (after, upTo,
				limit) -> Flux.defer(() -> Flux.fromIterable(copy())
					.filter((event) -> event.position() > after && event.position() <= upTo)
					.take(limit)
					.map(StoredEvent::entry));
	}

	@Override
	public EventSource<StoredEvent> of(String reader) {
		return (after, upTo, limit) -> all().read(after, upTo, Integer.MAX_VALUE)
			.filter((entry) -> entry.event().reader().equals(reader))
			.take(limit);
	}

	private synchronized List<StoredEvent> copy() {
		return List.copyOf(this.events);
	}

}
