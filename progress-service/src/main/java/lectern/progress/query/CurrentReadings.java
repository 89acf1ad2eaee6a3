package lectern.progress.query;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingStatus;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** The read model of readings in their current state. */
@Repository
class CurrentReadings {

	/** The name of the projection that maintains it. */
	static final String NAME = "current-reading";

	/**
	 * The status in the column, by which no list shows a removed reading. Its document
	 * keeps the status that it had.
	 */
	private static final String REMOVED = "removed";

	private static final UUID NIL_UUID = new UUID(0, 0);

	private final DatabaseClient database;

	private final JsonMapper mapper;

	CurrentReadings(DatabaseClient database, JsonMapper mapper) {
		this.database = database;
		// A later version of the service may have written the row.
		this.mapper = mapper.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
	}

	/**
	 * List a reader's readings, ordered by id.
	 * @param status null for all
	 * @param book the id of the book; null for all
	 * @param after only ids above this one; null for the first page
	 * @return cold
	 */
	Mono<ReadModelResult<List<ReadingDocument>>> list(String reader, @Nullable ReadingStatus status,
			@Nullable String book, @Nullable UUID after, int limit) {
		return readWithCursor(this.database.sql("""
				with page as (
				    select id, document from current_reading
				    where reader = :reader and status <> 'removed' and (:anyStatus or status = :status)
				        and (:first or id > :after)
				        and (:anyBook or document -> 'book' ->> 'id' = :book)
				    order by id limit :limit)
				select epoch, coalesce(projection.position, 0) as position, document::text as document
				from log_head left join projection on name = :name left join page on true
				order by id
				""")
			.bind("reader", reader)
			.bind("anyStatus", status == null)
			.bind("status", (status != null) ? status.value() : "")
			.bind("anyBook", book == null)
			.bind("book", (book != null) ? book : "")
			.bind("first", after == null)
			.bind("after", Objects.requireNonNullElse(after, NIL_UUID))
			.bind("limit", limit)
			.bind("name", NAME));
	}

	/**
	 * Find one reading, removed or not.
	 * @return cold; empty if this reader has no such reading
	 */
	Mono<ReadModelResult<ReadingDocument>> find(String reader, UUID reading) {
		return readWithCursor(this.database.sql("""
				select epoch, coalesce(projection.position, 0) as position, document::text as document
				from log_head left join projection on name = :name
				left join current_reading on id = :reading and reader = :reader
				""").bind("name", NAME).bind("reading", reading).bind("reader", reader))
			.filter((found) -> !found.content().isEmpty())
			.map((found) -> new ReadModelResult<>(found.content().getFirst(), found.cursor()));
	}

	/**
	 * Run one statement that returns both rows and cursor, so that no row is older than
	 * the cursor says. It returns at least one row, which has a cursor even if it has no
	 * document.
	 */
	private Mono<ReadModelResult<List<ReadingDocument>>> readWithCursor(GenericExecuteSpec statement) {
		return statement
			.map((row) -> new ReadModelResult<>(Optional.ofNullable(row.get("document", String.class)).map(this::read),
					new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class))))
			.all()
			.collectList()
			.map((rows) -> new ReadModelResult<>(
					rows.stream().map(ReadModelResult::content).flatMap(Optional::stream).toList(),
					rows.getFirst().cursor()));
	}

	/**
	 * Find the readings with these ids, of any readers.
	 * @return cold; by id, without those that do not exist
	 */
	Mono<Map<String, ReadingDocument>> findAll(Collection<String> ids) {
		return this.database.sql("select document::text as document from current_reading where id = any(:ids::uuid[])")
			.bind("ids", ids.toArray(String[]::new))
			.map((row) -> read(required(row, "document", String.class)))
			.all()
			.collectMap((document) -> document.id().toString());
	}

	/**
	 * Insert readings, or update those that exist. No indexed column is updated.
	 * @param documents the states of the readings; not empty
	 * @param lastEvents the last event of each reading, in the same order
	 * @return cold
	 */
	Mono<Void> store(List<ReadingDocument> documents, List<StoredEvent> lastEvents) {
		return this.database.sql("""
				insert into current_reading (id, reader, status, document, last_position)
				select id::uuid, reader, status, document::jsonb, last_position
				from unnest(:ids, :readers, :statuses, :documents, :lastPositions)
				    as changed (id, reader, status, document, last_position)
				on conflict (id) do update set status = excluded.status, document = excluded.document,
				    last_position = excluded.last_position
				""")
			.bind("ids", documents.stream().map((document) -> document.id().toString()).toArray(String[]::new))
			.bind("readers", lastEvents.stream().map(StoredEvent::reader).toArray(String[]::new))
			.bind("statuses", documents.stream().map(CurrentReadings::status).toArray(String[]::new))
			.bind("documents", documents.stream().map(this.mapper::writeValueAsString).toArray(String[]::new))
			.bind("lastPositions", lastEvents.stream().map(StoredEvent::position).toArray(Long[]::new))
			.then();
	}

	/** Delete the readings of a reader; cold. */
	Mono<Void> erase(String reader) {
		return this.database.sql("delete from current_reading where reader = :reader").bind("reader", reader).then();
	}

	private static String status(ReadingDocument document) {
		return document.wasRemoved() ? REMOVED : document.status().value();
	}

	private ReadingDocument read(String json) {
		return this.mapper.readValue(json, ReadingDocument.class);
	}

}
