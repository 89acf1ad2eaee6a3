package lectern.catalog.book;

import java.time.OffsetDateTime;

import io.r2dbc.spi.Readable;
import lectern.streaming.log.Cursor;
import tools.jackson.databind.json.JsonMapper;

/** Mapping of rows of the table of books. */
public final class BookRow {

	private BookRow() {
	}

	/** The cursor of a row that includes the head of the log. */
	public static Cursor cursor(Readable row) {
		return new Cursor(row.get("epoch", String.class), row.get("position", Long.class));
	}

	/** The stored JSON of a row, without parsing it. */
	static BookJson bookJson(Readable row) {
		return new BookJson(row.get("version", Long.class), row.get("document", String.class));
	}

	/** The book of a row, parsed. */
	static Book book(Readable row, JsonMapper mapper) {
		return new Book(row.get("id", String.class),
				mapper.readValue(row.get("document", String.class), BookContent.class), row.get("version", Long.class),
				row.get("created_at", OffsetDateTime.class).toInstant(),
				row.get("changed_at", OffsetDateTime.class).toInstant());
	}

}
