package lectern.catalog.search;

import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import lectern.catalog.book.BookRow;
import lectern.catalog.book.CatalogId;
import lectern.catalog.change.Versioned;
import lectern.streaming.log.Cursor;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/** The values that books have of a facet, each with the number of books. */
@Component
class FacetCounts {

	private static final int MAX_KEY_LENGTH = 1000;

	// The range of the keys of a kind ends at the character that follows '='. The left
	// join gives an empty page a row with its cursor.
	static final String COUNTS = """
			select head.epoch, head.position, page.*
			from log_head head left join (
				select facet, name, book_count from search.facet
				where facet > :after and facet < :end order by facet limit :limit) page on true
			order by page.facet
			""";

	private final DatabaseClient database;

	FacetCounts(DatabaseClient database) {
		this.database = database;
	}

	/** A page in the order of the folded values; cold. */
	Mono<Versioned<KeysetPage<FacetCount>>> page(Facet facet, KeysetPageRequest request) {
		String kind = facet.parameterName() + "=";
		return this.database.sql(COUNTS)
			.bind("after", kind + after(request))
			.bind("end", facet.parameterName() + ">")
			.bind("limit", request.limit() + 1)
			.map(FacetCountRow::of)
			.all()
			.collectList()
			.map((rows) -> page(request, rows, kind));
	}

	private static String after(KeysetPageRequest request) {
		String key = request.after();
		if (key != null && !QueryText.isValid(key, MAX_KEY_LENGTH)) {
			throw CatalogId.invalidPage();
		}
		return (key != null) ? key : "";
	}

	private static Versioned<KeysetPage<FacetCount>> page(KeysetPageRequest request, List<FacetCountRow> rows,
			String kind) {
		List<FacetCountRow> counted = rows.stream().filter((row) -> row.count() != null).toList();
		KeysetPage<FacetCountRow> page = request.page(counted, (row) -> row.facet().substring(kind.length()));
		return new Versioned<>(
				new KeysetPage<>(page.items().stream().map((row) -> Objects.requireNonNull(row.count())).toList(),
						page.next()),
				rows.getFirst().cursor());
	}

	/**
	 * The number of books that have a value.
	 *
	 * @param name the value as the first of these books spells it
	 */
	record FacetCount(String name, int books) {
	}

	private record FacetCountRow(Cursor cursor, String facet, @Nullable FacetCount count) {

		static FacetCountRow of(Readable row) {
			String facet = row.get("facet", String.class);
			return (facet == null) ? new FacetCountRow(BookRow.cursor(row), "", null) : new FacetCountRow(
					BookRow.cursor(row), facet,
					new FacetCount(required(row, "name", String.class), required(row, "book_count", Integer.class)));
		}

	}

}
