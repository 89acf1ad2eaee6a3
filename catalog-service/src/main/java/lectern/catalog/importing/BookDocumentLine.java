package lectern.catalog.importing;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.SerializedBook;

/**
 * A book as a line has it whole, under its id.
 *
 * @param line where it stands, 1-based
 * @param text the line, fit to be shown in a refusal
 * @param content valid
 * @param serialized of the content
 */
record BookDocumentLine(int line, int size, String text, String id, BookContent content,
		SerializedBook serialized) implements ImportLine {

}
