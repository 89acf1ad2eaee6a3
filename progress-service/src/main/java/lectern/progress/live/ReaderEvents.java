package lectern.progress.live;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;
import lectern.progress.log.EventTypes;
import lectern.progress.log.RawEvent;
import lectern.progress.log.StoredEvent;
import lectern.progress.path.PathDocument;
import lectern.progress.path.PathStream;
import lectern.progress.path.Standings;
import lectern.streaming.Entry;
import lectern.streaming.EventSource;

/** The log's events with what is shown of them, in the order of the log. */
@Component
class ReaderEvents {

	private final EventLog log;

	private final EventTypes types;

	private final Standings standings;

	ReaderEvents(EventLog log, EventTypes types, Standings standings) {
		this.log = log;
		this.types = types;
		this.standings = standings;
	}

	/** Those of all readers. */
	EventSource<ReaderEvent> all() {
		return shown(this.log.all());
	}

	/** Those of one reader. */
	EventSource<ReaderEvent> of(String reader) {
		return shown(this.log.of(reader));
	}

	/** Those of one reader, to be played back. */
	EventSource<PlayedEvent> playedOf(String reader) {
		EventSource<RawEvent> events = this.log.rawOf(reader);
		return (after, upTo, limit) -> events.read(after, upTo, limit).collectList().flatMapMany(this::played);
	}

	/** A page of readings alone, as most are, is passed on as it is. */
	private Flux<Entry<PlayedEvent>> played(List<Entry<RawEvent>> page) {
		return page.stream().noneMatch((entry) -> path(entry.event()).isPresent())
				? Flux.fromIterable(page).map((entry) -> played(entry, null))
				: Flux.fromIterable(page).concatMap(this::played);
	}

	private Mono<Entry<PlayedEvent>> played(Entry<RawEvent> entry) {
		return path(entry.event())
			.map((stream) -> this.standings.after(stream, this.types.read(entry.event()))
				.map((standing) -> played(entry, PathDocument.of(standing))))
			.orElseGet(() -> Mono.just(played(entry, null)));
	}

	private static Optional<PathStream> path(RawEvent event) {
		return PathStream.of(event.reader(), event.stream());
	}

	private static Entry<PlayedEvent> played(Entry<RawEvent> stored, @Nullable PathDocument path) {
		return new Entry<>(stored.position(), stored.receivedAt(), new PlayedEvent(stored.event(), path));
	}

	private EventSource<ReaderEvent> shown(EventSource<StoredEvent> events) {
		// The page is read to its end first: what is asked for its events may need the
		// same
		// connection.
		return (after, upTo, limit) -> events.read(after, upTo, limit)
			.collectList()
			.flatMapIterable(Function.identity())
			.concatMap(this::shown);
	}

	/** An event of a reading says all itself; one of a path is about the whole of it. */
	private Mono<Entry<ReaderEvent>> shown(Entry<StoredEvent> entry) {
		return PathStream.of(entry.event().reader(), entry.event().stream())
			.map((stream) -> this.standings.after(stream, entry.event())
				.map((standing) -> entry(entry, new ReaderEvent(entry.event(), PathDocument.of(standing)))))
			.orElseGet(() -> Mono.just(entry(entry, new ReaderEvent(entry.event(), null))));
	}

	private static Entry<ReaderEvent> entry(Entry<StoredEvent> stored, ReaderEvent event) {
		return new Entry<>(stored.position(), stored.receivedAt(), event);
	}

}
