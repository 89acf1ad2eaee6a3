package lectern.progress.eventlog;

import java.time.Instant;
import java.util.List;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An append-only log of events in streams. Everything it gives is cold; whatever fails,
 * wrong arguments too, fails through the publisher.
 */
public interface EventLog {

	/** How many events of a stream lie between two of its {@link #checkpoints()}. */
	int CHECKPOINT_INTERVAL = 100;

	/** All events of a stream, the first first; none if there is no such stream. */
	Flux<StoredEvent> load(String stream);

	/** Some events of a stream, the first first. */
	Flux<StoredEvent> load(StreamSlice stretch);

	/** Chosen events of a stream, the first first. */
	Flux<StoredEvent> load(VersionSelection selection);

	/**
	 * The last events of a stream, the last first.
	 * @param before the version after the first one given
	 * @param limit how many at the most
	 */
	Flux<StoredEvent> loadBackwards(String stream, int before, int limit);

	/**
	 * Append to a stream.
	 * @param expectedVersion the version the decision was made on; 0 for a new stream
	 * @param events at least one
	 * @return what was stored, once it is committed; fails with
	 * {@link VersionConflictException} if the stream has another version, with
	 * {@link AppendQueueFullException} if too many others wait
	 */
	default Mono<AppendResult> append(String stream, int expectedVersion, List<NewEvent> events) {
		return append(stream, expectedVersion, events, null);
	}

	/**
	 * Append to a stream and keep what the command is answered, both or neither.
	 * @param events none only with a receipt: then nothing but the answer is stored
	 * @param receipt null if nothing is to be kept
	 * @return as above; fails with {@link DuplicateCommandException}, whatever the
	 * version, if there is an answer under the receipt's key: {@link #storedResponse}
	 * gives it then
	 */
	Mono<AppendResult> append(String stream, int expectedVersion, List<NewEvent> events,
			@Nullable IdempotencyRecord receipt);

	/** The answer that is kept under a reader's key, or empty. */
	Mono<StoredResponse> storedResponse(String reader, String key);

	/** The cursor of the last committed event. */
	Mono<Cursor> cursor();

	/**
	 * The cursor of the last event received at an instant or before; the beginning of the
	 * log if there is none.
	 */
	Mono<Cursor> cursorAt(Instant instant);

	/** Every event, in the order of the log. */
	EventReader<StoredEvent> readAll();

	/** The events of one reader, in the order of the log. */
	EventReader<StoredEvent> readByReader(String reader);

	/** The same, with payloads that are not read. */
	EventReader<RawEvent> readRawByReader(String reader);

	/**
	 * Every hundredth event of each stream, in the order of the log; found without a look
	 * at the others.
	 */
	EventReader<StoredEvent> checkpoints();

}
