package lectern.catalog.book;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A book as it is to be.
 *
 * @param previous as it is; null for a new one
 * @param serialized what was made of the content already; null if nothing was
 */
public record BookUpsert(String id, BookContent content, @Nullable Book previous, @Nullable SerializedBook serialized) {

	/** A draft that has yet to be prepared. */
	public BookUpsert(String id, BookContent content, @Nullable Book before) {
		this(id, content, before, null);
	}

	Book toBook(Instant now) {
		return (this.previous != null)
				? new Book(this.id, this.content, this.previous.version() + 1, this.previous.createdAt(), now)
				: new Book(this.id, this.content, 1, now, now);
	}

}
