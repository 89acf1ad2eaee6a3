package lectern.progress.query;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.r2dbc.spi.Readable;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingStatus;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Lists readings by their latest use, from the read model of {@link CurrentReadings}. No
 * index has this order, since each report would change it: a reader's readings are few
 * enough to be sorted.
 */
@Repository
class RecentReadings {

	private final DatabaseClient database;

	private final JsonMapper mapper;

	RecentReadings(DatabaseClient database, JsonMapper mapper) {
		this.database = database;
		// A later version of the service may have written the row.
		this.mapper = mapper.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
	}

	/**
	 * List a reader's readings, the latest used first.
	 * @param status null for all
	 * @param book the id of the book; null for all
	 * @param after only readings used before this one; null for the first page
	 * @return cold
	 */
	Mono<ReadModelResult<List<RecentReading>>> list(String reader, @Nullable ReadingStatus status,
			@Nullable String book, @Nullable RecencyKey after, int limit) {
		RecencyKey first = Objects.requireNonNullElse(after, RecencyKey.FIRST);
		return this.database.sql("""
				with page as (
				    select id, document, coalesce(last_position, 0) as last_position from current_reading
				    where reader = :reader and status <> 'removed' and (:anyStatus or status = :status)
				        and (:anyBook or document -> 'book' ->> 'id' = :book)
				        and (coalesce(last_position, 0), id) < (:after, :afterId)
				    order by coalesce(last_position, 0) desc, id desc limit :limit)
				select epoch, coalesce(projection.position, 0) as position, document::text as document, last_position
				from log_head left join projection on name = :name left join page on true
				order by last_position desc, id desc
				""")
			.bind("reader", reader)
			.bind("anyStatus", status == null)
			.bind("status", (status != null) ? status.value() : "")
			.bind("anyBook", book == null)
			.bind("book", (book != null) ? book : "")
			.bind("after", first.position())
			.bind("afterId", first.id())
			.bind("limit", limit)
			.bind("name", CurrentReadings.NAME)
			.map((row) -> new ReadModelResult<>(toReading(row),
					new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class))))
			.all()
			.collectList()
			.map((rows) -> new ReadModelResult<>(
					rows.stream().map(ReadModelResult::content).flatMap(Optional::stream).toList(),
					rows.getFirst().cursor()));
	}

	/** Empty for the row that has only the cursor. */
	private Optional<RecentReading> toReading(Readable row) {
		return Optional.ofNullable(row.get("document", String.class))
			.map((json) -> this.mapper.readValue(json, ReadingDocument.class))
			.map((document) -> new RecentReading(document,
					new RecencyKey(required(row, "last_position", Long.class), document.id())));
	}

	/** A reading with its place in the list. */
	record RecentReading(ReadingDocument document, RecencyKey key) {
	}

}
