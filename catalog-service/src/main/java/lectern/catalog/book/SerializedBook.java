package lectern.catalog.book;

import java.util.Set;

/**
 * What is stored of a book besides its content itself, made before the turn in which it
 * is written: while the turn is held everybody else waits.
 *
 * @param fingerprints by which the book is recognised
 * @param json the content as JSON on one line
 */
public record SerializedBook(Set<String> fingerprints, String json) {

	/**
	 * The book as it is kept and shown, without the content being made into JSON once
	 * more.
	 */
	String document(Book book) {
		return "{\"id\":\"" + book.id() + "\"," + this.json.substring(1, this.json.length() - 1) + ",\"version\":"
				+ book.version() + ",\"createdAt\":\"" + book.createdAt() + "\",\"changedAt\":\"" + book.changedAt()
				+ "\"}";
	}

}
