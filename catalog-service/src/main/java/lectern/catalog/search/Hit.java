package lectern.catalog.search;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.r2dbc.spi.Readable;
import lectern.catalog.book.Book;
import lectern.catalog.book.BookRow;
import lectern.catalog.change.Snapshot;
import lectern.streaming.Cursor;
import lectern.web.Page;
import lectern.web.PageRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of a list of books that begins at the head of the log, so that the snapshot says
 * which cursor it is of.
 *
 * @param book null where the list has none
 * @param place of the book in a search
 */
record Hit(Cursor cursor, @Nullable Book book, Place place) {

	static Hit of(Readable row, JsonMapper mapper) {
		Book book = (row.get("id") != null) ? BookRow.book(row, mapper) : null;
		return new Hit(BookRow.cursor(row), book, Place.FIRST);
	}

	/** One of a search, which tells its place as well. */
	static Hit ranked(Readable row, JsonMapper mapper) {
		Hit hit = of(row, mapper);
		return (hit.book == null) ? hit
				: new Hit(hit.cursor, hit.book, new Place(row.get("rank", Float.class), row.get("number", Long.class)));
	}

	/** The page that some hits make, and the cursor of their snapshot. */
	static Snapshot<Page<Book>> page(PageRequest request, List<Hit> hits, Function<Hit, String> key) {
		List<Hit> books = hits.stream().filter((hit) -> hit.book() != null).toList();
		Page<Hit> page = request.page(books, key);
		return new Snapshot<>(
				new Page<>(page.items().stream().map((hit) -> Objects.requireNonNull(hit.book())).toList(),
						page.next()),
				hits.getFirst().cursor());
	}

	/** Of the book that was found. */
	String id() {
		return Objects.requireNonNull(this.book).id();
	}

}
