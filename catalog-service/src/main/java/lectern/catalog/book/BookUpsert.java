package lectern.catalog.book;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A book to be inserted or updated.
 *
 * @param previous the current version; null for a new book
 * @param fingerprints those of {@link BookDeduplication}
 */
public record BookUpsert(String id, BookContent content, @Nullable Book previous, Set<String> fingerprints) {

	/** An upsert that computes the fingerprints of its content. */
	public BookUpsert(String id, BookContent content, @Nullable Book previous) {
		this(id, content, previous, BookDeduplication.fingerprints(content));
	}

	Book toBook(Instant now) {
		return (this.previous != null)
				? new Book(this.id, this.content, this.previous.version() + 1, this.previous.createdAt(), now)
				: new Book(this.id, this.content, 1, now, now);
	}

}
