package lectern.catalog.importing;

import java.util.Map;
import java.util.Set;

import lectern.catalog.book.Book;

/**
 * The stored data that a batch refers to.
 *
 * @param idsByFingerprint book ids by fingerprint, for the fingerprints that are stored
 * @param books by id: the books with these fingerprints and those that the batch names
 * @param usedIds the used ids that begin with the slug of an item
 * @param removedIds the ids of removed books that the batch names
 */
record KnownBooks(Map<String, String> idsByFingerprint, Map<String, Book> books, Set<String> usedIds,
		Set<String> removedIds) {

}
