package lectern.catalog.book;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Generates valid books with random characters of all planes and with text that is known
 * to cause trouble, such as attempts at injection.
 */
public final class RandomBookGenerator {

	private static final List<String> HARMFUL = List.of("'; drop table book; --", "\" or \"\"=\"", "$1", ":id", "%s",
			"%00", "\\", "\\u0000", "' & !'x':*", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
			"&lt;&amp;&#0;", "[x](javascript:alert(1))", "`code` *bold* # title", "| a | b |", "{{7*7}}", "${x}",
			"../../etc/passwd", "\u202Eltr", "\u200F\u200E", "\uFEFF", "\uFFFE", "שלום עולם", "مرحبا بالعالم",
			"e\u0301\u0301\u0301", "ﷺ", "👩‍👩‍👧‍👦", "İıŞ", "ß ﬁ Ω", "null", "NaN", "<->");

	private static final List<String> LANGUAGES = List.of("en", "fr", "zh-Hant", "ar", "he", "ru", "tr", "de-CH-1901",
			"xh", "hy", "ta", "yi", "sr-Latn");

	private static final List<String> KINDS = List.of("open-access", "sample", "library-loan", "trial", "talk", "docs",
			"blog", "code");

	private final Random random;

	public RandomBookGenerator(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * A document, which reads must return unchanged.
	 * @param mark a word for the title that is unique to this book
	 */
	public Map<String, Object> document(String mark) {
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("title", text(20) + " " + mark + " " + text(20));
		document.put("otherTitles", list(2, () -> text(20)));
		document.put("authors", list(3, () -> text(12)));
		document.put("topics", list(4, () -> text(8)));
		maybe(document, "level", () -> one(List.of("beginner", "intermediate", "advanced")));
		maybe(document, "language", () -> one(LANGUAGES));
		maybe(document, "summary", () -> text(20) + "\n\n" + text(20));
		document.put("keyPoints", list(2, () -> text(20)));
		maybe(document, "whyItMatters", () -> text(20));
		document.put("editions", list(2, this::edition));
		document.put("freeAccess", list(2, this::access));
		return document;
	}

	private Map<String, Object> edition() {
		Map<String, Object> edition = new LinkedHashMap<>();
		edition.put("label", text(50));
		maybe(edition, "year", () -> 1400 + this.random.nextInt(700));
		maybe(edition, "isbn", this::isbn);
		maybe(edition, "language", () -> one(LANGUAGES));
		maybe(edition, "format", () -> text(20));
		maybe(edition, "pages", () -> 1 + this.random.nextInt(100_000));
		return edition;
	}

	private String isbn() {
		String digits = "978%09d".formatted(this.random.nextInt(1_000_000_000));
		int sum = 0;
		for (int at = 0; at < digits.length(); at++) {
			sum += (digits.charAt(at) - '0') * ((at % 2 == 0) ? 1 : 3);
		}
		return digits + (10 - sum % 10) % 10;
	}

	private Map<String, Object> access() {
		Map<String, Object> access = new LinkedHashMap<>();
		access.put("kind", one(KINDS));
		access.put("url", "https://example.org/" + this.random.nextInt() + "?a='%22%3Cb%3E&c=%00#d");
		maybe(access, "condition", () -> text(50));
		maybe(access, "licence", () -> text(20));
		maybe(access, "state", () -> one(List.of("live", "archived", "dead")));
		maybe(access, "checkedAt", () -> "2026-01-02T03:04:05.678901Z");
		return access;
	}

	private void maybe(Map<String, Object> document, String name, Supplier<Object> value) {
		if (this.random.nextBoolean()) {
			document.put(name, value.get());
		}
	}

	private <T> List<T> list(int maxSize, Supplier<T> item) {
		return new ArrayList<>(Stream.generate(item).limit(this.random.nextInt(maxSize + 1)).distinct().toList());
	}

	private <T> T one(List<T> choice) {
		return choice.get(this.random.nextInt(choice.size()));
	}

	/** Never blank, because the first character is a letter. */
	private String text(int length) {
		StringBuilder text = new StringBuilder("a");
		while (text.length() < length) {
			if (this.random.nextInt(6) == 0) {
				text.append(one(HARMFUL));
			}
			else {
				text.appendCodePoint(character());
			}
		}
		return text.toString();
	}

	/** A character of any plane, half of them of the basic one. */
	private int character() {
		int plane = this.random.nextBoolean() ? 0 : this.random.nextInt(17);
		int c = (plane << 16) | this.random.nextInt(this.random.nextBoolean() ? 0x10000 : 0x600);
		return (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) ? ' ' : c;
	}

}
