package lectern.progress.stream;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.RawEvent;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.pathprogress.PathStateDocument;
import lectern.progress.pathprogress.PathStates;
import lectern.progress.pathprogress.PathStreamId;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** The log's events with what is shown of them, in the order of the log. */
@Component
class ReaderEventLog {

	private final EventLog log;

	private final EventTypes types;

	private final PathStates pathStates;

	ReaderEventLog(EventLog log, EventTypes types, PathStates standings) {
		this.log = log;
		this.types = types;
		this.pathStates = standings;
	}

	/** Those of all readers. */
	EventReader<ReaderEvent> readAll() {
		return toReaderEvents(this.log.readAll());
	}

	/** Those of one reader. */
	EventReader<ReaderEvent> readByReader(String reader) {
		return toReaderEvents(this.log.readByReader(reader));
	}

	/** Those of one reader, to be played back. */
	EventReader<ReplayEvent> readReplayByReader(String reader) {
		EventReader<RawEvent> events = this.log.readRawByReader(reader);
		return (after, upTo, limit) -> events.read(after, upTo, limit).collectList().flatMapMany(this::toReplayEvent);
	}

	/** A page of readings alone, as most are, is passed on as it is. */
	private Flux<EventEnvelope<ReplayEvent>> toReplayEvent(List<EventEnvelope<RawEvent>> page) {
		return page.stream().noneMatch((entry) -> pathStream(entry.event()).isPresent())
				? Flux.fromIterable(page).map((entry) -> toReplayEvent(entry, null))
				: Flux.fromIterable(page).concatMap(this::toReplayEvent);
	}

	private Mono<EventEnvelope<ReplayEvent>> toReplayEvent(EventEnvelope<RawEvent> entry) {
		return pathStream(entry.event())
			.map((stream) -> this.pathStates.after(stream, this.types.read(entry.event()))
				.map((standing) -> toReplayEvent(entry, PathStateDocument.of(standing))))
			.orElseGet(() -> Mono.just(toReplayEvent(entry, null)));
	}

	private static Optional<PathStreamId> pathStream(RawEvent event) {
		return PathStreamId.parse(event.reader(), event.stream());
	}

	private static EventEnvelope<ReplayEvent> toReplayEvent(EventEnvelope<RawEvent> stored,
			@Nullable PathStateDocument path) {
		return new EventEnvelope<>(stored.position(), stored.receivedAt(), new ReplayEvent(stored.event(), path));
	}

	private EventReader<ReaderEvent> toReaderEvents(EventReader<StoredEvent> events) {
		// The page is read to its end first: what is asked for its events may need the
		// same
		// connection.
		return (after, upTo, limit) -> events.read(after, upTo, limit)
			.collectList()
			.flatMapIterable(Function.identity())
			.concatMap(this::toReaderEvents);
	}

	/** An event of a reading says all itself; one of a path is about the whole of it. */
	private Mono<EventEnvelope<ReaderEvent>> toReaderEvents(EventEnvelope<StoredEvent> entry) {
		return PathStreamId.parse(entry.event().reader(), entry.event().stream())
			.map((stream) -> this.pathStates.after(stream, entry.event())
				.map((standing) -> envelope(entry, new ReaderEvent(entry.event(), PathStateDocument.of(standing)))))
			.orElseGet(() -> Mono.just(envelope(entry, new ReaderEvent(entry.event(), null))));
	}

	private static EventEnvelope<ReaderEvent> envelope(EventEnvelope<StoredEvent> stored, ReaderEvent event) {
		return new EventEnvelope<>(stored.position(), stored.receivedAt(), event);
	}

}
