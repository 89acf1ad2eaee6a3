package lectern.catalog.search;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.r2dbc.spi.Readable;
import lectern.catalog.book.BookRow;
import lectern.catalog.change.Versioned;
import lectern.web.KeysetPageRequest;
import org.jspecify.annotations.Nullable;

/**
 * A page of books that the database has assembled. One row for a page costs a fraction of
 * one row for each book, and the documents are passed on without parsing.
 *
 * @param json the page in UTF-8
 * @param next the {@code page} parameter of the next page; null on the last page
 */
record BookPage(byte[] json, @Nullable String next) {

	private static final byte[] BEGIN = "{\"items\":[".getBytes(StandardCharsets.UTF_8);

	/** Bytes that most pages have around their items. */
	private static final int ENVELOPE_SIZE = 128;

	/**
	 * A query for a page and for the cursor of its snapshot.
	 * @param books a query for one more book than {@code :limit}, if there are so many:
	 * the {@code document} and the {@code key} of each, in the order of the page
	 */
	// row_number() without an order numbers the rows in the order in which they arrive.
	static String queryFor(String books) {
		return """
				select head.epoch, head.position, page.* from log_head head, (
					select convert_to(string_agg(document::text, ',') filter (where ordinal <= :limit), 'UTF8') as items,
						case when count(*) > :limit then min(key) filter (where ordinal = :limit) end as last
					from (select document, key, row_number() over () as ordinal from (
				%s) as book) as numbered) as page
				"""
			.formatted(books.indent(8));
	}

	/** The page of a row. */
	static Versioned<BookPage> read(Readable row, KeysetPageRequest request) {
		byte[] items = row.get("items", byte[].class);
		String last = row.get("last", String.class);
		String next = (last != null) ? request.nextPageToken(last) : null;
		String end = (next != null) ? "],\"next\":\"" + next + "\"}" : "]}";
		ByteArrayOutputStream page = new ByteArrayOutputStream(((items != null) ? items.length : 0) + ENVELOPE_SIZE);
		page.writeBytes(BEGIN);
		if (items != null) {
			page.writeBytes(items);
		}
		page.writeBytes(end.getBytes(StandardCharsets.UTF_8));
		return new Versioned<>(new BookPage(page.toByteArray(), next), BookRow.cursor(row));
	}

}
