package lectern.catalog.export;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.r2dbc.spi.Readable;
import lectern.catalog.book.BookContent;
import lectern.catalog.export.ExportLine.BookLine;
import lectern.catalog.export.ExportLine.PathLine;
import lectern.catalog.learningpath.PathContent;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Reads all documents as of a cursor, page by page on demand. The change log holds every
 * version of every document and is never trimmed, so that no transaction stays open while
 * a client reads.
 */
@Component
class CatalogSnapshotReader {

	private static final int MAX_PAGE_ROWS = 200;

	/** In bytes of stored JSON. The last document of a page may exceed the limit. */
	private static final int MAX_PAGE_BYTES = 1 << 17;

	private final DatabaseClient database;

	private final JsonMapper mapper;

	CatalogSnapshotReader(DatabaseClient database, JsonMapper mapper) {
		this.database = database;
		this.mapper = mapper;
	}

	/**
	 * Read the books and then the paths, each ordered by id, as NDJSON in UTF-8.
	 * @return a cold publisher with one element per page; it holds at most one page, and
	 * no database connection while there is no demand
	 */
	Flux<byte[]> readAt(Cursor cursor) {
		return Flux.concat(pages("book", cursor), pages("path", cursor));
	}

	private Flux<byte[]> pages(String kind, Cursor cursor) {
		return Flux.defer(() -> {
			AtomicReference<@Nullable String> after = new AtomicReference<>("");
			return Mono.defer(() -> page(kind, cursor, Objects.requireNonNull(after.get())))
				.doOnNext((rows) -> after.set(rows.isEmpty() ? null : rows.getLast().id()))
				.repeat(() -> after.get() != null)
				.publishOn(Schedulers.boundedElastic(), 1)
				.map(this::lines);
		});
	}

	// "newest" finds the newest version of each document up to the cursor, by the index
	// on (subject, position). "preceding" is the size of the documents before a row: it
	// ends the page early if the documents are long. A removed document has the size 0,
	// not
	// null: a page with a removed document after its end would skip what is in between.
	private Mono<List<DocumentVersion>> page(String kind, Cursor cursor, String after) {
		return this.database.sql("""
				select subject, data from (
					select subject, data,
						sum(size) over (order by subject) - size as preceding
					from (select subject, data, coalesce(octet_length(data), 0) as size from (
						select distinct on (subject) subject,
							case when type like '%-removed' then null else data::text end as data
						from change
						where subject > :after and position <= :position and type = any(:types::text[])
						order by subject, position desc limit :maxRows) newest) sized) measured
				where preceding < :maxBytes order by subject
				""")
			.bind("after", after)
			.bind("position", cursor.position())
			.bind("types", new String[] { kind + "-added", kind + "-changed", kind + "-removed" })
			.bind("maxRows", MAX_PAGE_ROWS)
			.bind("maxBytes", MAX_PAGE_BYTES)
			.map((row) -> row(kind, row))
			.all()
			.collectList();
	}

	private static DocumentVersion row(String kind, Readable row) {
		return new DocumentVersion(kind, Objects.requireNonNull(row.get("subject", String.class)),
				row.get("data", String.class));
	}

	private byte[] lines(List<DocumentVersion> rows) {
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		for (DocumentVersion row : rows) {
			String document = row.document();
			if (document != null) {
				lines.writeBytes(this.mapper.writeValueAsBytes(line(row, document)));
				lines.write('\n');
			}
		}
		return lines.toByteArray();
	}

	/**
	 * The log keeps old JSON forms; parsing and writing gives all lines the same form.
	 */
	private ExportLine line(DocumentVersion row, String document) {
		return row.kind().equals("book")
				? new BookLine("book", row.id(), this.mapper.readValue(document, BookContent.class))
				: new PathLine("path", row.id(), this.mapper.readValue(document, PathContent.class));
	}

	/**
	 * The newest version of a document up to the cursor.
	 *
	 * @param document its JSON, null if it was removed
	 */
	private record DocumentVersion(String kind, String id, @Nullable String document) {
	}

}
