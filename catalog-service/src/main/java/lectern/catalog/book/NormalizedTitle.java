package lectern.catalog.book;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A title or a person's name in the form in which two of them are compared: without
 * differences in compatibility forms, case, accents, punctuation and spacing.
 * <p>
 * Accents are removed from Latin and Greek letters only: in other scripts such marks are
 * vowels or make another letter. A plus or number sign after a letter is kept, so that C,
 * C# and C++ differ.
 */
public record NormalizedTitle(String value) {

	/**
	 * Normalize any text. One without letters and digits keeps its punctuation, because
	 * otherwise all such titles would be equal.
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
		// Upper case first: folds sharp s with ss, and the final sigma with the other
		// one.
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
