package lectern.progress.stream;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.RawEvent;
import lectern.progress.eventlog.RecentEvents;
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

/** Reads events of the log together with what the streams show of them. */
@Component
class ReaderEventLog {

	private final EventLog log;

	private final EventTypes types;

	private final PathStates pathStates;

	private final RecentEvents recentEvents;

	ReaderEventLog(EventLog log, RecentEvents recentEvents, EventTypes types, PathStates pathStates) {
		this.log = log;
		this.recentEvents = recentEvents;
		this.types = types;
		this.pathStates = pathStates;
	}

	/** Return a reader of the events of all readers, for those who follow the log. */
	EventReader<ReaderEvent> readAll() {
		return toReaderEvents(this.recentEvents.orElse(this.log.readAll()));
	}

	/** Return a reader of the events of one reader. */
	EventReader<ReaderEvent> readByReader(String reader) {
		return toReaderEvents(this.log.readByReader(reader));
	}

	/** Return a reader of the events of one reader for a replay. */
	EventReader<ReplayEvent> readReplayByReader(String reader) {
		EventReader<RawEvent> events = this.log.readRawByReader(reader);
		return (after, upTo, limit) -> events.read(after, upTo, limit).collectList().flatMapMany(this::toReplayEvent);
	}

	/** Most pages contain only events of readings; those need no further queries. */
	private Flux<EventEnvelope<ReplayEvent>> toReplayEvent(List<EventEnvelope<RawEvent>> page) {
		return page.stream().noneMatch((envelope) -> pathStream(envelope.event()).isPresent())
				? Flux.fromIterable(page).map((envelope) -> toReplayEvent(envelope, null))
				: Flux.fromIterable(page).concatMap(this::toReplayEvent);
	}

	private Mono<EventEnvelope<ReplayEvent>> toReplayEvent(EventEnvelope<RawEvent> envelope) {
		return pathStream(envelope.event())
			.map((stream) -> this.pathStates.after(stream, this.types.read(envelope.event()))
				.map((state) -> toReplayEvent(envelope, PathStateDocument.of(state))))
			.orElseGet(() -> Mono.just(toReplayEvent(envelope, null)));
	}

	private static Optional<PathStreamId> pathStream(RawEvent event) {
		return PathStreamId.parse(event.reader(), event.stream());
	}

	private static EventEnvelope<ReplayEvent> toReplayEvent(EventEnvelope<RawEvent> envelope,
			@Nullable PathStateDocument path) {
		return new EventEnvelope<>(envelope.position(), envelope.receivedAt(), new ReplayEvent(envelope.event(), path));
	}

	private EventReader<ReaderEvent> toReaderEvents(EventReader<StoredEvent> events) {
		// The page is read to its end first, because the queries for its events may need
		// the same connection.
		return (after, upTo, limit) -> events.read(after, upTo, limit)
			.collectList()
			.flatMapIterable(Function.identity())
			.concatMap(this::toReaderEvents);
	}

	/**
	 * An event of a reading is complete in itself; for one of a path the whole document
	 * is added.
	 */
	private Mono<EventEnvelope<ReaderEvent>> toReaderEvents(EventEnvelope<StoredEvent> envelope) {
		return PathStreamId.parse(envelope.event().reader(), envelope.event().stream())
			.map((stream) -> this.pathStates.after(stream, envelope.event())
				.map((state) -> envelope(envelope, new ReaderEvent(envelope.event(), PathStateDocument.of(state)))))
			.orElseGet(() -> Mono.just(envelope(envelope, new ReaderEvent(envelope.event(), null))));
	}

	private static EventEnvelope<ReaderEvent> envelope(EventEnvelope<StoredEvent> envelope, ReaderEvent event) {
		return new EventEnvelope<>(envelope.position(), envelope.receivedAt(), event);
	}

}
