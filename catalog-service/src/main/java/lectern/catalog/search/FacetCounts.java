package lectern.catalog.search;

import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import lectern.catalog.book.BookId;
import lectern.catalog.book.BookRow;
import lectern.catalog.change.Snapshot;
import lectern.streaming.Cursor;
import lectern.web.Page;
import lectern.web.PageRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** What there is of a facet, and in how many books. */
@Component
class FacetCounts {

	private static final int LONGEST_KEY = 1000;

	// The first sign after the one that ends a facet's kind ends the range.
	static final String COUNTS = """
			select head.epoch, head.position, page.*
			from log_head head left join (
				select facet, name, books from facet
				where facet > :after and facet < :end order by facet limit :limit) page on true
			order by page.facet
			""";

	private final DatabaseClient database;

	FacetCounts(DatabaseClient database) {
		this.database = database;
	}

	/** A page in the order of names; cold. */
	Mono<Snapshot<Page<FacetCount>>> page(Facet facet, PageRequest request) {
		String kind = facet.parameter() + "=";
		return this.database.sql(COUNTS)
			.bind("after", kind + after(request))
			.bind("end", facet.parameter() + ">")
			.bind("limit", request.limit() + 1)
			.map(Counted::of)
			.all()
			.collectList()
			.map((rows) -> page(request, rows, kind));
	}

	private static String after(PageRequest request) {
		String key = request.after();
		if (key != null && !Typed.isText(key, LONGEST_KEY)) {
			throw BookId.notAPage();
		}
		return (key != null) ? key : "";
	}

	private static Snapshot<Page<FacetCount>> page(PageRequest request, List<Counted> rows, String kind) {
		List<Counted> counted = rows.stream().filter((row) -> row.count() != null).toList();
		Page<Counted> page = request.page(counted, (row) -> row.facet().substring(kind.length()));
		return new Snapshot<>(
				new Page<>(page.items().stream().map((row) -> Objects.requireNonNull(row.count())).toList(),
						page.next()),
				rows.getFirst().cursor());
	}

	/**
	 * How many books there are of something.
	 *
	 * @param name as the first of them spells it
	 */
	record FacetCount(String name, int books) {
	}

	private record Counted(Cursor cursor, String facet, @Nullable FacetCount count) {

		static Counted of(Readable row) {
			String facet = row.get("facet", String.class);
			return (facet == null) ? new Counted(BookRow.cursor(row), "", null) : new Counted(BookRow.cursor(row),
					facet, new FacetCount(row.get("name", String.class), row.get("books", Integer.class)));
		}

	}

}
