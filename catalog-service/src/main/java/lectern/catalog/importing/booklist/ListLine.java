package lectern.catalog.importing.booklist;

/**
 * A line of Markdown with its block type.
 *
 * @param text the line without a byte order mark
 * @param kind the block type, decided by the first characters
 * @param level the level of a heading, 1 to 6; 0 for other lines
 * @param indent the number of spaces before the marker of an item
 * @param content the text of an item or a heading without its markers
 */
record ListLine(String text, LineKind kind, int level, int indent, String content) {

	enum LineKind {

		HEADING, ITEM, COMMENT, OTHER

	}

	/** Recognize the block type of a line. */
	static ListLine of(String line) {
		String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
		int start = 0;
		while (start < text.length() && TextSanitizer.isSpace(text.charAt(start))) {
			start++;
		}
		if (start == text.length()) {
			return new ListLine(text, LineKind.OTHER, 0, 0, "");
		}
		if (text.startsWith("<!--", start)) {
			return new ListLine(text, LineKind.COMMENT, 0, 0, "");
		}
		return (text.charAt(start) == '#') ? heading(text, start) : item(text, start);
	}

	private static ListLine heading(String text, int start) {
		int end = start;
		while (end < text.length() && text.charAt(end) == '#') {
			end++;
		}
		int level = end - start;
		if (level > 6 || (end < text.length() && !TextSanitizer.isSpace(text.charAt(end)))) {
			return new ListLine(text, LineKind.OTHER, 0, 0, "");
		}
		String content = text.substring(end).strip();
		int closing = content.length();
		while (closing > 0 && content.charAt(closing - 1) == '#') {
			closing--;
		}
		// "C #" ends with a closing sequence, but "C#" is a name.
		boolean closed = closing == 0 || TextSanitizer.isSpace(content.charAt(closing - 1));
		return new ListLine(text, LineKind.HEADING, level, 0, closed ? content.substring(0, closing).strip() : content);
	}

	private static ListLine item(String text, int start) {
		boolean marked = "*-+".indexOf(text.charAt(start)) >= 0 && start + 1 < text.length()
				&& TextSanitizer.isSpace(text.charAt(start + 1));
		String content = marked ? text.substring(start + 2).strip() : "";
		return (content.isEmpty() || isRule(content)) ? new ListLine(text, LineKind.OTHER, 0, 0, "")
				: new ListLine(text, LineKind.ITEM, 0, start, content);
	}

	private static boolean isRule(String content) {
		return content.chars().allMatch((c) -> c == '*' || c == '-' || c == ' ');
	}

	boolean closesComment() {
		return this.text.contains("-->");
	}

}
