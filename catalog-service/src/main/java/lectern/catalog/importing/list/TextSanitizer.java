package lectern.catalog.importing.list;

import java.text.Normalizer;

/**
 * Text as people see it: no controls, no stray halves of characters, one space between
 * words.
 */
public final class TextSanitizer {

	/** What a decoder leaves where bytes were not UTF-8. */
	static final char REPLACEMENT = '\uFFFD';

	private TextSanitizer() {
	}

	/**
	 * Cleans text for the catalog. Direction marks go: each text of the catalog is shown
	 * isolated, and two spellings of one title would not be the same. Soft hyphens go
	 * too; joiners stay, they change letters.
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
	 * Cuts text to so many characters, never through one.
	 */
	public static String truncate(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
	}

	/**
	 * Takes away what emphasis without its other half leaves at the ends.
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
	 * Makes any line fit to be shown and stored, and cuts it.
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
	 * Tells whether there are controls that no text file has.
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
