package lectern.catalog.book;

import java.text.Normalizer;
import java.util.regex.Pattern;

import com.ibm.icu.text.Transliterator;

/**
 * Transliteration of text into ASCII by the rules of ICU, which knows most living
 * scripts: {@code Война и мир} becomes {@code Vojna i mir}. A character without a rule
 * stays as it is. Han characters are read as Mandarin, in Japanese text too, because the
 * text does not say in which language it is.
 * <p>
 * Safe for concurrent use. The first use loads ICU, and the first use of a script loads
 * its rules, both from files: these calls block for up to a second.
 */
final class AsciiTransliterator {

	/** Japanese and Chinese are written without spaces, also around foreign words. */
	private static final Pattern SCRIPT_CHANGE = Pattern
		.compile("(?<=[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ー])(?=[\\p{IsLatin}\\p{Nd}])"
				+ "|(?<=[\\p{IsLatin}\\p{Nd}+#])(?=[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}])");

	private AsciiTransliterator() {
	}

	/**
	 * Transliterate what can be; ASCII text is returned unchanged, and does not load ICU.
	 */
	static String transliterate(String text) {
		if (text.chars().allMatch((c) -> c < 0x80)) {
			return text;
		}
		String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
		return Rules.TRANSLITERATOR.transliterate(SCRIPT_CHANGE.matcher(compatible).replaceAll(" "));
	}

	/**
	 * Initialized when first used, because a catalog of English books needs none of it.
	 */
	private static final class Rules {

		// Modifier letters stand for soft signs, glottal stops and the like. Latin-ASCII
		// would spell out signs such as the one of a trademark, so it is applied to
		// letters and their marks only. It has no rule for the vowel of Ethiopic.
		private static final Transliterator TRANSLITERATOR = Transliterator.createFromRules("lectern-ascii", """
				:: Any-Latin;
				:: [:Lm:] Remove;
				\\u01DD > e;
				\\u018E > E;
				:: [[:L:][:M:]] Latin-ASCII;
				""", Transliterator.FORWARD);

	}

}
