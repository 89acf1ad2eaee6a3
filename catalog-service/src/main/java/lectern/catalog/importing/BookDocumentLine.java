package lectern.catalog.importing;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.SerializedBook;

/**
 * A line of NDJSON that holds a whole book.
 *
 * @param line the 1-based line number
 * @param size the length of the line in characters
 * @param text the beginning of the line, printable, to be shown in a refusal
 * @param content satisfies the bean constraints
 * @param serialized the content in the form in which it is stored
 */
record BookDocumentLine(int line, int size, String text, String id, BookContent content,
		SerializedBook serialized) implements ImportLine {

}
