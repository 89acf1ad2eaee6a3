package lectern.catalog.importing.list;

import java.util.List;

/**
 * The inside of a line: its text without Markdown, and its links taken out of it.
 *
 * @param text with {@link #ANCHOR} where a link stood
 * @param anchors the links, in the order of their marks
 */
record Inline(String text, List<Anchor> anchors) {

	/** Stands for a link; the same character in a list is dropped. */
	static final char ANCHOR = '\uFFFC';

	/**
	 * A link as written.
	 *
	 * @param label plain text, may be empty
	 * @param destination unescaped, not yet known to be a URL
	 */
	record Anchor(String label, String destination) {
	}

	static Inline scan(String markdown) {
		Inline inline = new InlineScanner(markdown, true).scan();
		return new Inline(TextSanitizer.clean(inline.text), inline.anchors);
	}

	/**
	 * Returns the text alone, with the brackets of links left as they are.
	 */
	static String plain(String markdown) {
		return TextSanitizer.clean(new InlineScanner(markdown, false).scan().text());
	}

}
