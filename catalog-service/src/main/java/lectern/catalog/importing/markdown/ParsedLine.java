package lectern.catalog.importing.markdown;

/**
 * What one line of a list turned out to be.
 */
public sealed interface ParsedLine permits ListItem, ParsedLine.Refused, ParsedLine.Nothing {

	/**
	 * A line that names no book and does not try to: heading, prose, blank, index.
	 */
	enum Nothing implements ParsedLine {

		NOTHING

	}

	/**
	 * A list item that cannot become a book.
	 *
	 * @param line 1-based number of the line
	 * @param reason what is wrong, for a person
	 * @param text the line as it was, at most 200 characters, made printable
	 */
	record Refused(int line, String reason, String text) implements ParsedLine {
	}

}
