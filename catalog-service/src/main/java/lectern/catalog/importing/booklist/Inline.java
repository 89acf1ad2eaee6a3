package lectern.catalog.importing.booklist;

import java.util.List;

/**
 * The inline content of a line: its plain text and its links.
 *
 * @param text the text without Markdown, with {@link #ANCHOR} in place of each link
 * @param anchors the links, in the order of their placeholders
 */
record Inline(String text, List<Anchor> anchors) {

	/** The placeholder of a link. If the source has this character, it is dropped. */
	static final char ANCHOR = '\uFFFC';

	/**
	 * A Markdown link.
	 *
	 * @param label plain text, may be empty
	 * @param destination unescaped, not yet checked to be a URL
	 */
	record Anchor(String label, String destination) {
	}

	/** Parse Markdown text. */
	static Inline scan(String markdown) {
		Inline inline = new InlineScanner(markdown, true).scan();
		return new Inline(TextSanitizer.clean(inline.text), inline.anchors);
	}

	/**
	 * Return the plain text only; links are not recognized and keep their brackets.
	 */
	static String plain(String markdown) {
		return TextSanitizer.clean(new InlineScanner(markdown, false).scan().text());
	}

}
