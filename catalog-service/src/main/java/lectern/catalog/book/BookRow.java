package lectern.catalog.book;

import java.time.OffsetDateTime;

import io.r2dbc.spi.Readable;
import lectern.streaming.log.Cursor;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.Columns.required;

/** Mapping of rows of the table of books. */
public final class BookRow {

	private BookRow() {
	}

	/** The cursor of a row that includes the head of the log. */
	public static Cursor cursor(Readable row) {
		return new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class));
	}

	/** The stored JSON of a row, without parsing it. */
	static BookJson bookJson(Readable row) {
		return new BookJson(required(row, "version", Long.class), required(row, "document", String.class));
	}

	/** The book of a row, parsed. */
	static Book book(Readable row, JsonMapper mapper) {
		return new Book(required(row, "id", String.class),
				mapper.readValue(row.get("document", String.class), BookContent.class),
				required(row, "version", Long.class), required(row, "created_at", OffsetDateTime.class).toInstant(),
				required(row, "changed_at", OffsetDateTime.class).toInstant());
	}

}
