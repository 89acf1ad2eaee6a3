package lectern.catalog.book;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.springframework.stereotype.Component;

/**
 * Recognises a book by where its text is, or by title, language and any of its authors. A
 * talk or a documentation is shared by many books and tells none of them. Of a book by
 * nobody the site stands for the author: many a title is as plain as "Documentation".
 */
@Component
public class BookDeduplication implements BookFingerprints {

	/** Longer ones would not fit an index entry. */
	private static final int MAX_KEY_BYTES = 1000;

	/** Books by more are proceedings; their first ones tell them apart. */
	private static final int MAX_AUTHORS = 10;

	@Override
	public Set<String> of(BookContent content) {
		Set<String> keys = new LinkedHashSet<>();
		List<NormalizedUrl> texts = content.freeAccess()
			.stream()
			.filter((access) -> access.kind() == FreeAccess.Kind.OPEN_ACCESS)
			.map((access) -> NormalizedUrl.of(access.url()))
			.toList();
		texts.forEach((url) -> keys.add(bounded("url:" + url.value())));
		String title = title(content);
		content.authors()
			.stream()
			.limit(MAX_AUTHORS)
			.forEach((author) -> keys.add(bounded(title + normalized(author))));
		if (content.authors().isEmpty()) {
			keys.add(bounded(title + (texts.isEmpty() ? "" : "@" + texts.getFirst().site())));
		}
		return keys;
	}

	private static String title(BookContent content) {
		String language = (content.language() != null) ? content.language().toLowerCase(Locale.ROOT) : "";
		return "title:" + language + ":" + normalized(content.title()) + ":";
	}

	private static String normalized(String text) {
		return NormalizedTitle.of(text).value();
	}

	private static String bounded(String key) {
		byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
		if (bytes.length <= MAX_KEY_BYTES) {
			return key;
		}
		try {
			return "hash:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException("Every Java platform has SHA-256", impossible);
		}
	}

}
