package lectern.catalog.book;

import java.time.OffsetDateTime;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import lectern.streaming.Cursor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of a query over books that begins at the head of the log, so that the snapshot
 * says which cursor it is of.
 *
 * @param book null where the query found none
 * @param rank how well it fits a search, 0 without one
 */
record BookRow(Cursor cursor, @Nullable Book book, float rank) {

	static BookRow of(Readable row, JsonMapper mapper) {
		Cursor cursor = new Cursor(row.get("epoch", String.class), row.get("position", Long.class));
		return (row.get("id") == null) ? new BookRow(cursor, null, 0)
				: new BookRow(cursor, book(row, mapper), row.get("rank", Float.class));
	}

	/** Of the book that was found. */
	String id() {
		return Objects.requireNonNull(this.book).id();
	}

	static Book book(Readable row, JsonMapper mapper) {
		return new Book(row.get("id", String.class),
				mapper.readValue(row.get("document", String.class), BookContent.class), row.get("version", Long.class),
				row.get("created_at", OffsetDateTime.class).toInstant(),
				row.get("changed_at", OffsetDateTime.class).toInstant());
	}

}
