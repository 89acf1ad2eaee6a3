package lectern.catalog.book;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What of a title, or of a person's name, decides that two of them are the same:
 * compatibility forms, case, accents, punctuation and spacing are gone.
 * <p>
 * Accents go from Latin and Greek letters only: in other scripts such marks are vowels or
 * make another letter. A plus or number sign after a letter stays, or C, C# and C++ would
 * be one language.
 */
public record NormalizedTitle(String value) {

	/**
	 * Normalises any text. One without letters and digits keeps its signs, so that two
	 * such titles are not the same by being empty.
	 */
	public static NormalizedTitle of(String title) {
		String folded = fold(title);
		StringBuilder words = new StringBuilder(folded.length());
		boolean attached = false;
		int[] codePoints = folded.codePoints().toArray();
		for (int c : codePoints) {
			boolean letter = isLetter(c);
			boolean sign = attached && (c == '+' || c == '#');
			if (letter || sign) {
				words.appendCodePoint(c);
			}
			else if (c != '\'' && c != '’' && !words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
				words.append(' ');
			}
			attached = letter || sign;
		}
		String value = words.toString().strip();
		return new NormalizedTitle(value.isEmpty() ? folded.strip() : value);
	}

	private static String fold(String title) {
		String compatible = Normalizer.normalize(title, Normalizer.Form.NFKC);
		// Upper case first: sharp s and final sigma fold like their other spellings.
		String lower = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
		return Normalizer.normalize(withoutAccents(lower), Normalizer.Form.NFC);
	}

	private static String withoutAccents(String lower) {
		StringBuilder plain = new StringBuilder(lower.length());
		boolean accentable = false;
		int[] codePoints = Normalizer.normalize(lower, Normalizer.Form.NFD).codePoints().toArray();
		for (int c : codePoints) {
			boolean mark = c >= 0x300 && c <= 0x36F;
			if (!mark) {
				UnicodeScript script = UnicodeScript.of(c);
				accentable = script == UnicodeScript.LATIN || script == UnicodeScript.GREEK;
			}
			if (!mark || !accentable) {
				plain.appendCodePoint((c == 'ς') ? 'σ' : c);
			}
		}
		return plain.toString();
	}

	private static boolean isLetter(int c) {
		return switch (Character.getType(c)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
			default -> Character.isLetterOrDigit(c);
		};
	}

}
