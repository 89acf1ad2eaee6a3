package lectern.catalog.importing.list;

/**
 * One line by its outside: what kind it is and what is left without its markers.
 *
 * @param text the line as it was, without a byte order mark
 * @param kind what its first characters make it
 * @param level of a heading, 1 to 6, else 0
 * @param indent how many spaces stand before an item's marker
 * @param content of an item or a heading
 */
record ListLine(String text, LineKind kind, int level, int indent, String content) {

	enum LineKind {

		HEADING, ITEM, COMMENT, OTHER

	}

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
		// "C #" ends in a closing sequence, "C#" in a name.
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
