package lectern.progress.log;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import lectern.streaming.Cursor;
import lectern.streaming.EventSource;

/**
 * An append-only log of events in streams. Everything it gives is cold; whatever fails,
 * wrong arguments too, fails through the publisher.
 */
public interface EventLog {

	/** All events of a stream, the first first; none if there is no such stream. */
	Flux<StoredEvent> load(String stream);

	/**
	 * Append to a stream.
	 * @param expectedVersion the version the decision was made on; 0 for a new stream
	 * @param events at least one
	 * @return what was stored, once it is committed; fails with {@link VersionConflict}
	 * if the stream has another version
	 */
	Mono<Appended> append(String stream, int expectedVersion, List<NewEvent> events);

	/** The cursor of the last committed event. */
	Mono<Cursor> cursor();

	/** Every event, in the order of the log. */
	EventSource<StoredEvent> all();

	/** The events of one reader, in the order of the log. */
	EventSource<StoredEvent> of(String reader);

}
