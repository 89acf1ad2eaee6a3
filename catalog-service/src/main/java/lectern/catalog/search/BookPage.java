package lectern.catalog.search;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.r2dbc.spi.Readable;
import lectern.catalog.book.BookRow;
import lectern.catalog.change.Versioned;
import lectern.web.KeysetPageRequest;

/**
 * Makes pages of books out of what the database has put together: its one row costs a
 * fraction of what a row for each book does, and nobody reads the documents on the way.
 */
final class BookPage {

	private static final byte[] BEGIN = "{\"items\":[".getBytes(StandardCharsets.UTF_8);

	/** Bytes that most pages have around their items. */
	private static final int ENVELOPE_SIZE = 128;

	private BookPage() {
	}

	/**
	 * A query for a page, and the cursor of its snapshot, out of one for its books.
	 * @param books gives the {@code document} and the {@code key} of each in their order,
	 * of one more than the {@code :limit} if there is one
	 */
	// Whoever numbers rows without an order numbers them as they come.
	static String queryFor(String books) {
		return """
				select head.epoch, head.position, page.* from log_head head, (
					select convert_to(string_agg(document::text, ',') filter (where place <= :limit), 'UTF8') as items,
						case when count(*) > :limit then min(key) filter (where place = :limit) end as last
					from (select document, key, row_number() over () as place from (
				%s) as book) as placed) as page
				""".formatted(books.indent(8));
	}

	/** The page that a row has, as JSON in UTF-8. */
	static Versioned<byte[]> read(Readable row, KeysetPageRequest request) {
		byte[] items = row.get("items", byte[].class);
		String last = row.get("last", String.class);
		String end = (last != null) ? "],\"next\":\"" + request.nextPageToken(last) + "\"}" : "]}";
		ByteArrayOutputStream page = new ByteArrayOutputStream(((items != null) ? items.length : 0) + ENVELOPE_SIZE);
		page.writeBytes(BEGIN);
		if (items != null) {
			page.writeBytes(items);
		}
		page.writeBytes(end.getBytes(StandardCharsets.UTF_8));
		return new Versioned<>(page.toByteArray(), BookRow.cursor(row));
	}

}
