package lectern.catalog.book;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A book as it is to be.
 *
 * @param before as it is; null for a new one
 */
public record Draft(String id, BookContent content, @Nullable Book before) {

	Book writtenAt(Instant now) {
		return (this.before != null)
				? new Book(this.id, this.content, this.before.version() + 1, this.before.createdAt(), now)
				: new Book(this.id, this.content, 1, now, now);
	}

}
