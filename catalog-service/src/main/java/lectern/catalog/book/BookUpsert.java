package lectern.catalog.book;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A book to be inserted or updated.
 *
 * @param previous the current version; null for a new book
 * @param serialized the serialized content; null if it was not serialized yet
 */
public record BookUpsert(String id, BookContent content, @Nullable Book previous, @Nullable SerializedBook serialized) {

	/** An upsert whose content was not serialized yet. */
	public BookUpsert(String id, BookContent content, @Nullable Book previous) {
		this(id, content, previous, null);
	}

	Book toBook(Instant now) {
		return (this.previous != null)
				? new Book(this.id, this.content, this.previous.version() + 1, this.previous.createdAt(), now)
				: new Book(this.id, this.content, 1, now, now);
	}

}
