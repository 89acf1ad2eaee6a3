package lectern.progress.eventlog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An append-only log of events in streams. All publishers are cold. All failures, also
 * those of invalid arguments, are signalled through the publisher.
 */
public interface EventLog {

	/** The number of versions between two {@link #checkpoints()} of a stream. */
	int CHECKPOINT_INTERVAL = 100;

	/** All events of a stream by version; empty if there is no such stream. */
	Flux<StoredEvent> load(String stream);

	/** The events of a part of a stream, by version. */
	Flux<StoredEvent> load(StreamSlice slice);

	/** The events of parts of different streams; those of a stream by version. */
	Flux<StoredEvent> load(Collection<StreamSlice> slices);

	/** Selected events of a stream, by version. */
	Flux<StoredEvent> load(VersionSelection selection);

	/**
	 * The last events of a stream by descending version.
	 * @param before the version before which to begin
	 * @param limit the maximum number of events
	 */
	Flux<StoredEvent> loadBackwards(String stream, int before, int limit);

	/**
	 * Append events to a stream.
	 * @param expectedVersion the version on which the decision was based; 0 for a new
	 * stream
	 * @param events at least one event
	 * @return the stored events, after the commit; fails with
	 * {@link VersionConflictException} if the stream has another version, and with
	 * {@link AppendQueueFullException} if too many appends are queued, and with
	 * {@link ReaderErasedException} if the reader is being erased
	 */
	default Mono<AppendResult> append(String stream, int expectedVersion, List<NewEvent> events) {
		return append(stream, expectedVersion, events, null);
	}

	/**
	 * Append events to a stream and remember the command, in one transaction.
	 * @param events the events; may be empty only with an idempotency record, then only
	 * the record is stored
	 * @param idempotencyRecord how to remember the command; null not to remember it
	 * @return as above; fails with {@link DuplicateCommandException}, whatever the
	 * version is, if a command is remembered under the key. {@link #storedCommand}
	 * returns it
	 */
	default Mono<AppendResult> append(String stream, int expectedVersion, List<NewEvent> events,
			@Nullable IdempotencyRecord idempotencyRecord) {
		return append(stream, expectedVersion, events, idempotencyRecord, null);
	}

	/**
	 * Append events to a stream, remember the command, and claim something, in one
	 * transaction.
	 * @param events the events; may be empty with a record or an alias
	 * @param claim what the append claims besides; null for nothing
	 * @return as above; fails with {@link StreamClaimedException} if another stream has
	 * it already
	 */
	Mono<AppendResult> append(String stream, int expectedVersion, List<NewEvent> events,
			@Nullable IdempotencyRecord idempotencyRecord, @Nullable StreamClaim claim);

	/** The stream with an alias, or empty. */
	Mono<String> findByAlias(String alias);

	/**
	 * Append the events of many commands to a stream and remember these commands, in one
	 * transaction. Such appends wait in a queue of their own, so that those of single
	 * commands do not wait for them.
	 * @param events the events of all commands, in order
	 * @param commands the commands, in order, with different keys; at least one
	 * @return as above; fails with {@link DuplicateCommandException} if a command is
	 * remembered under one of the keys; {@link #storedHashes} tells which
	 */
	Mono<AppendResult> appendAll(String stream, int expectedVersion, List<NewEvent> events,
			List<AppendedCommand> commands);

	/** The hashes of the commands that are remembered under a reader's keys, by key. */
	Mono<Map<String, String>> storedHashes(String reader, Collection<String> keys);

	/** The command that is remembered under a reader's key, or empty. */
	Mono<StoredCommand> storedCommand(String reader, String key);

	/** The cursor of the last committed event. */
	Mono<Cursor> cursor();

	/**
	 * The cursor of the last event received at an instant or before; the beginning of the
	 * log if there is none.
	 */
	Mono<Cursor> cursorAt(Instant instant);

	/**
	 * When the last event up to a cursor was received; {@link Instant#EPOCH} if there is
	 * none.
	 */
	Mono<Instant> receivedAt(Cursor cursor);

	/** All events, in the order of the log. */
	EventReader<StoredEvent> readAll();

	/** The events of one reader, in the order of the log. */
	EventReader<StoredEvent> readByReader(String reader);

	/** The events of one reader, in the order of the log, with unparsed payloads. */
	EventReader<RawEvent> readRawByReader(String reader);

	/**
	 * Every hundredth event of each stream, in the order of the log. An index finds them
	 * without reading the other events.
	 */
	EventReader<StoredEvent> checkpoints();

}
