package lectern.catalog.importing.list;

import java.text.Normalizer;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An HTML character reference such as {@code &amp;}, {@code &#8230;} or {@code &eacute;}.
 * Knows the names that people write in lists, and every Latin letter with an accent.
 *
 * @param text the characters it stands for
 * @param length how much of the source it takes
 */
record CharacterReference(String text, int length) {

	private static final int MAX_LENGTH = 12;

	private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("amp", "&"), Map.entry("lt", "<"),
			Map.entry("gt", ">"), Map.entry("quot", "\""), Map.entry("apos", "'"), Map.entry("nbsp", "\u00A0"),
			Map.entry("rlm", "\u200F"), Map.entry("lrm", "\u200E"), Map.entry("zwnj", "\u200C"),
			Map.entry("zwj", "\u200D"), Map.entry("hellip", "…"), Map.entry("mdash", "—"), Map.entry("ndash", "–"),
			Map.entry("copy", "©"), Map.entry("reg", "®"), Map.entry("trade", "™"), Map.entry("laquo", "«"),
			Map.entry("raquo", "»"), Map.entry("lsquo", "‘"), Map.entry("rsquo", "’"), Map.entry("ldquo", "“"),
			Map.entry("rdquo", "”"), Map.entry("bull", "•"), Map.entry("middot", "·"), Map.entry("szlig", "ß"),
			Map.entry("oslash", "ø"), Map.entry("Oslash", "Ø"), Map.entry("aelig", "æ"), Map.entry("AElig", "Æ"),
			Map.entry("oelig", "œ"), Map.entry("OElig", "Œ"), Map.entry("lstrok", "ł"), Map.entry("Lstrok", "Ł"));

	private static final Map<String, String> ACCENTS = Map.of("grave", "\u0300", "acute", "\u0301", "circ", "\u0302",
			"tilde", "\u0303", "uml", "\u0308", "ring", "\u030A", "caron", "\u030C", "cedil", "\u0327");

	/**
	 * Reads the reference that starts here.
	 * @return nothing where an ampersand is just one
	 */
	static @Nullable CharacterReference at(String source, int ampersand) {
		int limit = Math.min(source.length(), ampersand + MAX_LENGTH);
		for (int end = ampersand + 1; end < limit; end++) {
			char c = source.charAt(end);
			if (c == ';') {
				String text = decode(source.substring(ampersand + 1, end));
				return (text != null) ? new CharacterReference(text, end + 1 - ampersand) : null;
			}
			if (c != '#' && !(c < 0x80 && Character.isLetterOrDigit(c))) {
				return null;
			}
		}
		return null;
	}

	private static @Nullable String decode(String name) {
		if (name.startsWith("#")) {
			return decodeNumber(name.substring(1));
		}
		String known = NAMES.get(name);
		if (known != null || name.length() < 4) {
			return known;
		}
		String accent = ACCENTS.get(name.substring(1));
		return (accent != null) ? Normalizer.normalize(name.charAt(0) + accent, Normalizer.Form.NFC) : null;
	}

	private static @Nullable String decodeNumber(String number) {
		boolean hexadecimal = number.startsWith("x") || number.startsWith("X");
		try {
			int c = Integer.parseInt(hexadecimal ? number.substring(1) : number, hexadecimal ? 16 : 10);
			boolean character = c != Inline.ANCHOR && Character.isValidCodePoint(c)
					&& Character.getType(c) != Character.SURROGATE
					&& !(Character.isISOControl(c) && !Character.isWhitespace(c));
			return character ? Character.toString(c) : String.valueOf(TextSanitizer.REPLACEMENT);
		}
		catch (NumberFormatException notANumber) {
			return null;
		}
	}

}
