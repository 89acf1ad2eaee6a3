package lectern.progress.eventlog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.r2dbc.spi.Readable;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import lectern.streaming.postgreslog.PostgresLogHead;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** The event log in PostgreSQL, one row for each event, ordered by position. */
@Repository
class PostgresEventLog implements EventLog {

	static final String COLUMNS = """
			select position, stream, version, reader, type, book, occurred_at, received_at, data::text as data
			from event
			""";

	private static final String BY_READER = """
			where reader = :reader and position > :after and position <= :upTo order by position limit :limit
			""";

	private final DatabaseClient database;

	private final GroupCommit singleCommands;

	private final GroupCommit commandLists;

	private final PostgresLogHead head;

	private final EventTypes types;

	private final StoredCommands storedCommands;

	PostgresEventLog(DatabaseClient database, GroupCommit singleCommands, GroupCommit commandLists,
			PostgresLogHead head, EventTypes types) {
		this.database = database;
		this.singleCommands = singleCommands;
		this.commandLists = commandLists;
		this.head = head;
		this.types = types;
		this.storedCommands = new StoredCommands(database);
	}

	@Override
	public Flux<StoredEvent> load(String stream) {
		return this.database.sql(COLUMNS + "where stream = :stream order by version")
			.bind("stream", stream)
			.map(this::toStoredEvent)
			.all();
	}

	@Override
	public Flux<StoredEvent> load(StreamSlice slice) {
		return readPage("""
				where stream = :stream and version > :after and version < :before and position <= :upTo
				order by version
				""",
				(statement) -> statement.bind("stream", slice.stream())
					.bind("after", slice.after())
					.bind("before", slice.before())
					.bind("upTo", slice.upTo()))
			.map(this.types::read);
	}

	@Override
	public Flux<StoredEvent> load(Collection<StreamSlice> slices) {
		return readPage("""
				join unnest(:streams, :after, :before, :upTo) as slice (of_stream, after, before, up_to)
				    on stream = of_stream and version > after and version < before and position <= up_to
				order by stream, version
				""",
				(statement) -> statement
					.bind("streams", slices.stream().map(StreamSlice::stream).toArray(String[]::new))
					.bind("after", slices.stream().map(StreamSlice::after).toArray(Integer[]::new))
					.bind("before", slices.stream().map(StreamSlice::before).toArray(Integer[]::new))
					.bind("upTo", slices.stream().map(StreamSlice::upTo).toArray(Long[]::new)))
			.map(this.types::read);
	}

	/** A union of two queries that both use the index; one query with "or" would not. */
	@Override
	public Flux<StoredEvent> load(VersionSelection selection) {
		return this.database
			.sql(COLUMNS + "where stream = :stream and version = any(:versions) union all " + COLUMNS + """
					where stream = :stream and version > :after and position <= :upTo
					order by version
					""")
			.bind("stream", selection.stream())
			.bind("versions", selection.versions().toArray(Integer[]::new))
			.bind("after", selection.after())
			.bind("upTo", selection.upTo())
			.map(this::toStoredEvent)
			.all();
	}

	@Override
	public Flux<StoredEvent> loadBackwards(String stream, int before, int limit) {
		return this.database.sql(COLUMNS + """
				where stream = :stream and version < :before order by version desc limit :limit
				""").bind("stream", stream).bind("before", before).bind("limit", limit).map(this::toStoredEvent).all();
	}

	@Override
	public Mono<AppendResult> append(String stream, int expectedVersion, List<NewEvent> events,
			@Nullable IdempotencyRecord idempotencyRecord, @Nullable StreamClaim claim) {
		return Mono.defer(() -> this.singleCommands.append(Append.of(stream, expectedVersion, events,
				AppendedCommand.only(idempotencyRecord, events), claim, this.types)));
	}

	@Override
	public Mono<String> findByAlias(String alias) {
		return this.database.sql("select stream from reading_alias where id = :id")
			.bind("id", alias)
			.mapValue(String.class)
			.one();
	}

	@Override
	public Mono<AppendResult> appendAll(String stream, int expectedVersion, List<NewEvent> events,
			List<AppendedCommand> commands) {
		return Mono.defer(
				() -> this.commandLists.append(Append.of(stream, expectedVersion, events, commands, null, this.types)));
	}

	@Override
	public Mono<StoredCommand> storedCommand(String reader, String key) {
		return this.storedCommands.find(reader, key);
	}

	@Override
	public Mono<Map<String, String>> storedHashes(String reader, Collection<String> keys) {
		return this.storedCommands.findHashes(reader, keys);
	}

	@Override
	public Mono<Cursor> cursor() {
		return this.head.cursor();
	}

	@Override
	public Mono<Cursor> cursorAt(Instant instant) {
		return this.head.cursorAt(instant, "event");
	}

	@Override
	public Mono<Instant> receivedAt(Cursor cursor) {
		return this.database
			.sql("select received_at from event where position <= :position order by position desc limit 1")
			.bind("position", cursor.position())
			.map((row) -> required(row, "received_at", OffsetDateTime.class).toInstant())
			.one()
			.defaultIfEmpty(Instant.EPOCH);
	}

	@Override
	public EventReader<StoredEvent> readAll() {
		return (after, upTo, limit) -> readPage("""
				where position > :after and position <= :upTo order by position limit :limit
				""", (statement) -> statement.bind("after", after).bind("upTo", upTo).bind("limit", limit))
			.map((event) -> this.types.read(event).toEnvelope());
	}

	@Override
	public EventReader<StoredEvent> readByReader(String reader) {
		return (after, upTo, limit) -> this.database.sql(COLUMNS + BY_READER)
			.bind("reader", reader)
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("limit", limit)
			.map((row) -> toStoredEvent(row).toEnvelope())
			.all();
	}

	@Override
	public EventReader<RawEvent> readRawByReader(String reader) {
		return (after, upTo,
				limit) -> readPage(BY_READER,
						(statement) -> statement.bind("reader", reader)
							.bind("after", after)
							.bind("upTo", upTo)
							.bind("limit", limit))
					.map((event) -> new EventEnvelope<>(event.position(), event.receivedAt(), event));
	}

	/** Selects a page as one value, for the reason given in {@link BinaryRowDecoder}. */
	private Flux<RawEvent> readPage(String condition, UnaryOperator<GenericExecuteSpec> parameters) {
		return parameters
			.apply(this.database
				.sql("select coalesce(string_agg(record_send(e), '' order by position), '') from (select "
						+ BinaryRowDecoder.COLUMNS + " from event " + condition + ") as e"))
			.map((row) -> BinaryRowDecoder.decode(required(row, 0, byte[].class)))
			.one()
			.flatMapIterable(Function.identity());
	}

	/**
	 * The literal 100 is that of the partial index, which PostgreSQL would not use
	 * otherwise.
	 */
	@Override
	public EventReader<StoredEvent> checkpoints() {
		return (after, upTo, limit) -> this.database.sql(COLUMNS + """
				where version % 100 = 0 and position > :after and position <= :upTo order by position limit :limit
				""")
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("limit", limit)
			.map((row) -> toStoredEvent(row).toEnvelope())
			.all();
	}

	private StoredEvent toStoredEvent(Readable row) {
		return this.types.read(toRawEvent(row));
	}

	/** Reads columns by index: the lookup of names takes as long as the decoding. */
	static RawEvent toRawEvent(Readable row) {
		return new RawEvent(required(row, 0, Long.class), required(row, 1, String.class),
				required(row, 2, Integer.class), required(row, 3, String.class), required(row, 4, String.class),
				row.get(5, String.class), required(row, 6, OffsetDateTime.class).toInstant(),
				required(row, 7, OffsetDateTime.class).toInstant(), required(row, 8, String.class));
	}

}
