package lectern.web;

/** Text of clients and of exceptions, as it may appear in a line of the log. */
final class LoggedText {

	private static final int MAX_CAUSE_LENGTH = 400;

	private LoggedText() {
	}

	/**
	 * Return one line of printable characters.
	 * @param maxLength the length from which the text is cut off
	 */
	static String printable(String text, int maxLength) {
		StringBuilder line = new StringBuilder();
		text.codePoints()
			.limit(maxLength)
			.forEach((character) -> line.appendCodePoint(isPrintable(character) ? character : ' '));
		return (line.length() < text.length()) ? line.append('…').toString() : line.toString();
	}

	/** Line separators, control and format characters could forge a line. */
	private static boolean isPrintable(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

	/** Describe a failure and what has caused it in one line. */
	static String describe(Throwable failure) {
		Throwable root = failure;
		for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
			root = root.getCause();
		}
		return printable((root == failure) ? failure.toString() : failure + ", caused by " + root, MAX_CAUSE_LENGTH);
	}

}
