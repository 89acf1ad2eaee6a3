package lectern.catalog.importing;

import java.util.Map;
import java.util.Set;

import lectern.catalog.book.Book;

/**
 * What the catalog knows of the books of a batch.
 *
 * @param idsByFingerprint id by key, of the keys that are known
 * @param books by id, all that the keys lead to
 * @param usedIds ids in use among those that the batch may ask for
 * @param removedIds ids of removed books among those that the batch names
 */
record KnownBooks(Map<String, String> idsByFingerprint, Map<String, Book> books, Set<String> usedIds,
		Set<String> removedIds) {

}
