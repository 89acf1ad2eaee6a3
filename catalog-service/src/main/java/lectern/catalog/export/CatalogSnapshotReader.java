package lectern.catalog.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * Reads all documents as they stood at a cursor, page by page as somebody takes them. The
 * log has every version of every document, and what it had at a cursor it has for ever:
 * so there is no transaction to be held open for as long as a client reads.
 */
@Component
class CatalogSnapshotReader {

	/** Of a page, before it is known how long they are. */
	private static final int MAX_PAGE_ROWS = 200;

	/** In characters; a page has one document more at the most. */
	private static final int MAX_PAGE_CHARACTERS = 1 << 17;

	private final DatabaseClient database;

	private final JsonMapper mapper;

	CatalogSnapshotReader(DatabaseClient database, JsonMapper mapper) {
		this.database = database;
		this.mapper = mapper;
	}

	/**
	 * The books and then the paths, each by id, as lines in UTF-8.
	 * @return cold; holds one page, and nothing of the database while nobody asks
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

	// The newest version up to the cursor of each, by the index on (subject, position);
	// how long the documents before one are together, so that a page of long ones ends.
	private Mono<List<DocumentVersion>> page(String kind, Cursor cursor, String after) {
		return this.database.sql("""
				select subject, data from (
					select subject, data, sum(octet_length(data)) over (order by subject) - octet_length(data) as before
					from (
						select distinct on (subject) subject,
							case when type like '%-removed' then null else data::text end as data
						from change
						where subject > :after and position <= :position and type = any(:types::text[])
						order by subject, position desc limit :most) newest) measured
				where coalesce(before, 0) < :largest order by subject
				""")
			.bind("after", after)
			.bind("position", cursor.position())
			.bind("types", new String[] { kind + "-added", kind + "-changed", kind + "-removed" })
			.bind("most", MAX_PAGE_ROWS)
			.bind("largest", MAX_PAGE_CHARACTERS)
			.map((row) -> row(kind, row))
			.all()
			.collectList();
	}

	private static DocumentVersion row(String kind, Readable row) {
		return new DocumentVersion(kind, Objects.requireNonNull(row.get("subject", String.class)),
				row.get("data", String.class));
	}

	private byte[] lines(List<DocumentVersion> rows) {
		StringBuilder lines = new StringBuilder();
		for (DocumentVersion row : rows) {
			String document = row.document();
			if (document != null) {
				lines.append(this.mapper.writeValueAsString(line(row, document))).append('\n');
			}
		}
		return lines.toString().getBytes(StandardCharsets.UTF_8);
	}

	/** Read and written again: the log has old forms, and an export has one. */
	private ExportLine line(DocumentVersion row, String document) {
		return row.kind().equals("book")
				? new BookLine("book", row.id(), this.mapper.readValue(document, BookContent.class))
				: new PathLine("path", row.id(), this.mapper.readValue(document, PathContent.class));
	}

	/**
	 * The newest version of a document.
	 *
	 * @param document null where it was removed
	 */
	private record DocumentVersion(String kind, String id, @Nullable String document) {
	}

}
