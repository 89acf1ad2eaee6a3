package lectern.progress.live;

import java.util.function.Function;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;
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

	private final Standings standings;

	ReaderEvents(EventLog log, Standings standings) {
		this.log = log;
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
