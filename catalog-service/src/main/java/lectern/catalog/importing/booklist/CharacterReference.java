package lectern.catalog.importing.booklist;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.HtmlUtils;

/**
 * An HTML character reference such as {@code &amp;}, {@code &#8230;} or {@code &eacute;}.
 * Spring's HtmlUtils knows the names of HTML 4. The names that HTML 5 added for Latin
 * letters with accents, as in Czech and Polish, are decoded here.
 *
 * @param text the decoded characters
 * @param length the length of the reference in the source
 */
record CharacterReference(String text, int length) {

	private static final Pattern NAME = Pattern.compile("&([A-Za-z][A-Za-z0-9]{0,9});");

	private static final Pattern NUMBER = Pattern.compile("&#(?:([0-9]{1,9})|[xX]([0-9A-Fa-f]{1,7}));");

	private static final Map<String, String> HTML5_NAMES = Map.of("apos", "'", "lstrok", "ł", "Lstrok", "Ł");

	private static final Map<String, String> ACCENTS = Map.of("grave", "\u0300", "acute", "\u0301", "circ", "\u0302",
			"tilde", "\u0303", "uml", "\u0308", "ring", "\u030A", "caron", "\u030C", "cedil", "\u0327");

	/**
	 * Decode the reference that starts at an ampersand.
	 * @return null if the ampersand does not start a known reference
	 */
	static @Nullable CharacterReference at(String source, int ampersand) {
		Matcher name = NAME.matcher(source).region(ampersand, source.length());
		if (name.lookingAt()) {
			String text = decodeName(name.group(), name.group(1));
			return (text != null) ? new CharacterReference(text, name.end() - ampersand) : null;
		}
		Matcher number = NUMBER.matcher(source).region(ampersand, source.length());
		if (number.lookingAt()) {
			boolean decimal = number.group(1) != null;
			int c = Integer.parseInt(decimal ? number.group(1) : number.group(2), decimal ? 10 : 16);
			return new CharacterReference(character(c), number.end() - ampersand);
		}
		return null;
	}

	private static @Nullable String decodeName(String reference, String name) {
		String text = HtmlUtils.htmlUnescape(reference);
		if (!text.equals(reference)) {
			return text;
		}
		String accent = ACCENTS.get(name.substring(1));
		return (accent != null) ? Normalizer.normalize(name.charAt(0) + accent, Normalizer.Form.NFC)
				: HTML5_NAMES.get(name);
	}

	/** Return the replacement character for code points that text must not contain. */
	private static String character(int c) {
		boolean valid = c != Inline.ANCHOR && Character.isValidCodePoint(c)
				&& Character.getType(c) != Character.SURROGATE
				&& !(Character.isISOControl(c) && !Character.isWhitespace(c));
		return valid ? Character.toString(c) : String.valueOf(TextSanitizer.REPLACEMENT);
	}

}
