package lectern.catalog.book;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A book as it is to be.
 *
 * @param before as it is; null for a new one
 * @param prepared what was made of the content already; null if nothing was
 */
public record Draft(String id, BookContent content, @Nullable Book before, @Nullable Prepared prepared) {

	/** A draft that has yet to be prepared. */
	public Draft(String id, BookContent content, @Nullable Book before) {
		this(id, content, before, null);
	}

	Book writtenAt(Instant now) {
		return (this.before != null)
				? new Book(this.id, this.content, this.before.version() + 1, this.before.createdAt(), now)
				: new Book(this.id, this.content, 1, now, now);
	}

}
