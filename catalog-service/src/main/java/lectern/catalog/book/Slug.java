package lectern.catalog.book;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes a book's id from its title. The same title, as {@link NormalizedTitle} has it
 * when it is hashed, always gives the same one; two titles may share one, and the caller
 * numbers them.
 */
public final class Slug {

	/** Leaves room for a number in a book's id. */
	static final int MAX_LENGTH = 74;

	private static final Map<Integer, String> TRANSLITERATIONS = Map.ofEntries(Map.entry((int) 'ß', "ss"),
			Map.entry((int) 'ø', "o"), Map.entry((int) 'ł', "l"), Map.entry((int) 'æ', "ae"),
			Map.entry((int) 'œ', "oe"), Map.entry((int) 'đ', "d"), Map.entry((int) 'ð', "d"),
			Map.entry((int) 'þ', "th"), Map.entry((int) 'ħ', "h"), Map.entry((int) 'ŧ', "t"), Map.entry((int) 'ŋ', "n"),
			Map.entry((int) 'ı', "i"), Map.entry((int) 'ə', "e"));

	private Slug() {
	}

	/**
	 * Returns a slug of {@code [a-z0-9-]}, 1 to 74 characters, that begins and ends with
	 * a letter or digit. A title of which much is in another script would lose what tells
	 * it apart, so it gets {@code book-} and a hash.
	 */
	public static String of(String title) {
		StringBuilder slug = new StringBuilder();
		int lost = 0;
		int kept = 0;
		int[] codePoints = Normalizer.normalize(title, Normalizer.Form.NFKD)
			.toLowerCase(Locale.ROOT)
			.codePoints()
			.toArray();
		for (int c : codePoints) {
			String spelled = transliterate(c, slug);
			if (!spelled.isEmpty()) {
				slug.append(spelled);
				kept++;
			}
			else if (Character.isLetterOrDigit(c)) {
				lost++;
			}
			else if (isWordBoundary(c) && !slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
				slug.append('-');
			}
		}
		String shortened = shorten(slug.toString());
		return (shortened.isEmpty() || lost * 4 > kept) ? "book-" + hash(title) : shortened;
	}

	/** The slug, or the first of it with a number, 2 or more, that is not taken. */
	static String firstUnused(String slug, Set<String> taken) {
		String id = slug;
		for (int number = 2; taken.contains(id); number++) {
			id = slug + "-" + number;
		}
		return id;
	}

	private static String transliterate(int c, StringBuilder before) {
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			return Character.toString(c);
		}
		boolean attached = !before.isEmpty() && before.charAt(before.length() - 1) != '-';
		if (attached && (c == '+' || c == '#')) {
			return (c == '+') ? "plus" : "sharp";
		}
		return TRANSLITERATIONS.getOrDefault(c, "");
	}

	private static boolean isWordBoundary(int c) {
		return c != '\'' && c != '’' && Character.getType(c) != Character.NON_SPACING_MARK;
	}

	private static String shorten(String slug) {
		String cut = slug;
		if (slug.length() > MAX_LENGTH) {
			int word = slug.lastIndexOf('-', MAX_LENGTH);
			cut = slug.substring(0, (word > MAX_LENGTH / 2) ? word : MAX_LENGTH);
		}
		return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
	}

	private static String hash(String title) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest(NormalizedTitle.of(title).value().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 5);
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException("Every Java platform has SHA-256", impossible);
		}
	}

}
