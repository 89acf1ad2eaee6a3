package lectern.catalog.book;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The rules by which two descriptions are of the same book. Lists have no ids, so a book
 * is recognised by its fingerprints: the address of its full text, or its title and
 * language together with any of its authors.
 * <p>
 * A talk or a documentation gives no fingerprint, because many books share one. For a
 * book without authors the site of its text takes the place of the author: a title such
 * as "Documentation" is not enough.
 */
public final class BookDeduplication {

	/** The longest fingerprint that fits into an index entry. */
	private static final int MAX_FINGERPRINT_BYTES = 1000;

	/**
	 * A book by more authors is a volume of proceedings: the first of them identify it.
	 */
	private static final int MAX_AUTHORS = 10;

	private BookDeduplication() {
	}

	/**
	 * The fingerprints of a book: two books that have one in common are candidates for
	 * being the same.
	 * @return of at most 1,000 bytes each, the most reliable first; at least one
	 */
	public static Set<String> fingerprints(BookContent content) {
		Set<String> fingerprints = new LinkedHashSet<>();
		List<NormalizedUrl> texts = content.freeAccess()
			.stream()
			.filter((access) -> access.kind() == FreeAccess.Kind.OPEN_ACCESS)
			.map((access) -> NormalizedUrl.of(access.url()))
			.toList();
		texts.forEach((url) -> fingerprints.add(bounded("url:" + url.value())));
		String title = titlePrefix(content);
		content.authors()
			.stream()
			.limit(MAX_AUTHORS)
			.forEach((author) -> fingerprints.add(bounded(title + NormalizedTitle.of(author).value())));
		if (content.authors().isEmpty()) {
			fingerprints.add(bounded(title + (texts.isEmpty() ? "" : "@" + texts.getFirst().site())));
		}
		return fingerprints;
	}

	/**
	 * Whether two descriptions that share a fingerprint are of the same book. One address
	 * may serve a book and its translation: these differ in both language and title. Only
	 * members that a merge leaves unchanged are compared, so that the result is the same
	 * when a list is imported again.
	 */
	public static boolean isSameBook(BookContent book, BookContent other) {
		return isSameLanguage(book.language(), other.language())
				|| NormalizedTitle.of(book.title()).equals(NormalizedTitle.of(other.title()));
	}

	private static boolean isSameLanguage(@Nullable String language, @Nullable String other) {
		return language == null || other == null || primarySubtag(language).equals(primarySubtag(other));
	}

	private static String primarySubtag(String language) {
		return language.toLowerCase(Locale.ROOT).split("-", 2)[0];
	}

	private static String titlePrefix(BookContent content) {
		String language = (content.language() != null) ? content.language().toLowerCase(Locale.ROOT) : "";
		return "title:" + language + ":" + NormalizedTitle.of(content.title()).value() + ":";
	}

	private static String bounded(String fingerprint) {
		byte[] bytes = fingerprint.getBytes(StandardCharsets.UTF_8);
		if (bytes.length <= MAX_FINGERPRINT_BYTES) {
			return fingerprint;
		}
		try {
			return "hash:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException("Every Java platform has SHA-256", impossible);
		}
	}

}
