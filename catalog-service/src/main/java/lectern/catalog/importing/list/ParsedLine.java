package lectern.catalog.importing.list;

/**
 * What one line of a list turned out to be.
 */
public sealed interface ParsedLine permits ListItem, ParsedLine.InvalidItem, ParsedLine.NotAnItem {

	/**
	 * A line that names no book and does not try to: heading, prose, blank, index.
	 */
	enum NotAnItem implements ParsedLine {

		NOT_AN_ITEM

	}

	/**
	 * A list item that cannot become a book.
	 *
	 * @param line 1-based number of the line
	 * @param reason what is wrong, for a person
	 * @param text the line as it was, at most 200 characters, made printable
	 */
	record InvalidItem(int line, String reason, String text) implements ParsedLine {
	}

}
