package lectern.catalog.importing.booklist;

/**
 * The result of parsing one line of a list.
 */
public sealed interface ParsedLine permits ListItem, ParsedLine.InvalidItem, ParsedLine.NotAnItem {

	/**
	 * A line that is not a list item, such as a heading, prose, a blank line or an entry
	 * of the index.
	 */
	enum NotAnItem implements ParsedLine {

		NOT_AN_ITEM

	}

	/**
	 * A list item that cannot be converted to a book.
	 *
	 * @param line the 1-based line number
	 * @param reason a sentence that explains the refusal
	 * @param text the beginning of the line, at most 200 characters, printable
	 */
	record InvalidItem(int line, String reason, String text) implements ParsedLine {
	}

}
