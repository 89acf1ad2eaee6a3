package lectern.catalog.book;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * Derives the id of a book from its title: readable ASCII in lower case, whatever script
 * the title is in. The same title always gives the same slug. Two titles may give the
 * same one, too; the caller then appends a number.
 */
public final class Slug {

	/** Leaves room for a number in the id of a book. */
	static final int MAX_LENGTH = 74;

	private Slug() {
	}

	/**
	 * Return the slug of a title. It consists of {@code [a-z0-9-]}, has 1 to 74
	 * characters, and begins and ends with a letter or digit. If no letter or digit of
	 * the title can be transliterated, it is {@code book-} and a hash of the
	 * {@link NormalizedTitle}.
	 * <p>
	 * Blocks while rules of transliteration are loaded, which happens at the first title
	 * that is not ASCII and at the first of a script: not to be called on an event loop.
	 */
	public static String of(String title) {
		StringBuilder slug = new StringBuilder();
		int[] codePoints = Normalizer.normalize(AsciiTransliterator.transliterate(title), Normalizer.Form.NFKD)
			.toLowerCase(Locale.ROOT)
			.codePoints()
			.toArray();
		for (int c : codePoints) {
			boolean afterWord = !slug.isEmpty() && slug.charAt(slug.length() - 1) != '-';
			if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
				slug.append((char) c);
			}
			// Or C, C++ and C# would have the same slug.
			else if (afterWord && (c == '+' || c == '#')) {
				slug.append((c == '+') ? "plus" : "sharp");
			}
			else if (afterWord && isWordBoundary(c)) {
				slug.append('-');
			}
		}
		String shortened = shorten(slug.toString());
		return shortened.isEmpty() ? "book-" + hash(title) : shortened;
	}

	/**
	 * Return the slug, or the slug with the smallest number from 2 on that is not taken.
	 */
	public static String firstUnused(String slug, Set<String> taken) {
		String id = slug;
		for (int number = 2; taken.contains(id); number++) {
			id = slug + "-" + number;
		}
		return id;
	}

	private static boolean isWordBoundary(int c) {
		return switch (Character.getType(c)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> false;
			default -> c != '\'' && c != '’' && !Character.isLetterOrDigit(c);
		};
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
