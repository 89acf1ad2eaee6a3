package lectern.catalog.book;

import java.util.Set;

/**
 * What is derived from the content of a book before the transaction that writes it, so
 * that the transaction, which excludes all other writes, is short.
 *
 * @param fingerprints those of {@link BookDeduplication}
 * @param json the content as JSON on one line
 */
public record SerializedBook(Set<String> fingerprints, String json) {

	/**
	 * The JSON of a book, built from the serialized content.
	 */
	String document(Book book) {
		return "{\"id\":\"" + book.id() + "\"," + this.json.substring(1, this.json.length() - 1) + ",\"version\":"
				+ book.version() + ",\"createdAt\":\"" + book.createdAt() + "\",\"changedAt\":\"" + book.changedAt()
				+ "\"}";
	}

}
