package lectern.catalog.importing.booklist;

import java.text.Normalizer;

/**
 * Normalizes text for display: no control characters, no unpaired surrogates, one space
 * between words.
 */
public final class TextSanitizer {

	/** The replacement character, which a decoder puts in place of malformed bytes. */
	static final char REPLACEMENT = '\uFFFD';

	private TextSanitizer() {
	}

	/**
	 * Normalize text for the catalog (NFC). Direction marks are removed, because each
	 * text is displayed isolated and two spellings of one title would differ. Soft
	 * hyphens are removed too; joiners are kept, because they change the letters.
	 */
	public static String clean(String text) {
		StringBuilder clean = new StringBuilder(text.length());
		text.codePoints().forEach((c) -> {
			if (isSpace(c)) {
				if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
					clean.append(' ');
				}
			}
			else if (Character.getType(c) == Character.SURROGATE) {
				clean.append(REPLACEMENT);
			}
			else if (!isInvisible(c)) {
				clean.appendCodePoint(c);
			}
		});
		return Normalizer.normalize(clean.toString().strip(), Normalizer.Form.NFC);
	}

	/**
	 * Truncate text to a length in UTF-16 units, never inside a surrogate pair.
	 */
	public static String truncate(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
	}

	/**
	 * Remove unpaired emphasis delimiters and spaces at both ends.
	 */
	public static String stripStrayEmphasis(String text) {
		int from = 0;
		int to = text.length();
		while (from < to && isStrayEmphasis(text.charAt(from))) {
			from++;
		}
		while (to > from && isStrayEmphasis(text.charAt(to - 1))) {
			to--;
		}
		return text.substring(from, to);
	}

	private static boolean isStrayEmphasis(char c) {
		return c == '*' || c == '_' || isSpace(c);
	}

	/**
	 * Truncate a line and replace the characters that cannot be displayed or stored.
	 */
	public static String printable(String line, int length) {
		StringBuilder printable = new StringBuilder();
		truncate(line, length).codePoints()
			.map((c) -> (Character.isISOControl(c) && c != '\t' || Character.getType(c) == Character.SURROGATE)
					? REPLACEMENT : c)
			.forEach(printable::appendCodePoint);
		return printable.toString();
	}

	/**
	 * Whether a line has control characters that do not occur in text files.
	 */
	public static boolean hasControlCharacters(String line) {
		return line.chars().anyMatch((c) -> (c < ' ' || c == 0x7F) && !isSpace(c));
	}

	public static boolean isSpace(int c) {
		return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x200B;
	}

	private static boolean isInvisible(int c) {
		return Character.isISOControl(c) || c == 0xAD || c == 0x61C || c == 0x200E || c == 0x200F
				|| (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
	}

}
