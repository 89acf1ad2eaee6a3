package lectern.acceptance.pages;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lectern.acceptance.CuratorClient;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;

/**
 * Texts that are hard to show, wherever curators and readers write texts: markup, a word
 * of 304 letters, scripts that run from right to left.
 *
 * @param reader a reader of the book with markup
 * @param reading the reading of it
 */
record DemandingContent(ReaderClient reader, String reading) {

	static final String MARKUP = "<img src=x onerror=alert(1)>";

	/** As long as the longest title in the catalog, and without a place to break it. */
	static final String LONG = "Donaudampfschifffahrtsgesellschaft".repeat(9).substring(0, 304);

	private static final String ARABIC = "كتاب الجبر والمقابلة: المختصر في الحساب (الطبعة 2)";

	private static final String HEBREW = "מבוא למדעי המחשב: Python 3, מהדורה שנייה";

	private static final Map<String, String> TITLES = Map.of("demanding-markup", MARKUP, "demanding-long", LONG,
			"demanding-arabic", ARABIC, "demanding-hebrew", HEBREW);

	static DemandingContent create(LecternInstance lectern) {
		CuratorClient curator = new CuratorClient(lectern);
		TITLES.forEach((id, title) -> {
			curator.saveBook(id, "Book");
			curator.updateBook(id, book(title));
		});
		savePath(lectern);
		ReaderClient reader = new ReaderClient(lectern);
		reader.client()
			.patch()
			.uri("/api/v1/readers/{reader}", reader.handle())
			.header("If-Match", "*")
			.header("Content-Type", "application/merge-patch+json")
			.bodyValue(Map.of("name", MARKUP))
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
		String reading = reader.startReading("demanding-markup");
		report(reader, reading, MARKUP, 0.2);
		report(reader, reading, LONG.substring(0, 80), 0.4);
		reader.startReading("demanding-long");
		reader.startReading("demanding-arabic");
		return new DemandingContent(reader, reading);
	}

	private static Map<String, ?> book(String text) {
		String language = text.equals(ARABIC) ? "ar" : text.equals(HEBREW) ? "he" : "en";
		return Map.ofEntries(Map.entry("title", text), Map.entry("otherTitles", List.of(text + "!")),
				Map.entry("authors", List.of(shortened(text))), Map.entry("topics", List.of("demanding")),
				Map.entry("language", language), Map.entry("summary", text), Map.entry("keyPoints", List.of(text)),
				Map.entry("whyItMatters", text),
				Map.entry("editions", List.of(Map.of("label", shortened(text), "pages", 400))),
				Map.entry("freeAccess",
						List.of(Map.of("kind", "open-access", "url", "https://books.example/" + "a".repeat(300),
								"condition", text, "licence", shortened(text)),
								Map.of("kind", "blog", "url", "https://books.example/dead", "condition", text, "state",
										"dead"))));
	}

	/** Names have at most 200 characters. */
	private static String shortened(String text) {
		return text.substring(0, Math.min(text.length(), 200));
	}

	private static void savePath(LecternInstance lectern) {
		boolean exists = lectern.anonymousClient()
			.get()
			.uri("/api/v1/paths/demanding")
			.exchange()
			.returnResult(Void.class)
			.getStatus()
			.is2xxSuccessful();
		lectern.adminClient()
			.put()
			.uri("/api/v1/paths/demanding")
			.header(exists ? "If-Match" : "If-None-Match", "*")
			.bodyValue(Map.of("title", MARKUP, "summary", LONG, "gates",
					List.of(gate("one", MARKUP, List.of(), "demanding-markup", "demanding-long"),
							gate("two", ARABIC, List.of("one"), "demanding-arabic", "demanding-hebrew"))))
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
	}

	private static Map<String, ?> gate(String id, String text, List<String> needs, String... books) {
		return Map.of("id", id, "title", text, "summary", text, "needs", needs, "steps",
				Stream.of(books).map((book) -> Map.of("book", book, "note", text)).toList(), "rule",
				Map.of("type", "all"));
	}

	private static void report(ReaderClient reader, String reading, String device, double fraction) {
		reader.client()
			.post()
			.uri("/api/v1/readers/{reader}/readings/{reading}/positions", reader.handle(), reading)
			.bodyValue(Map.of("fraction", fraction, "chapter", MARKUP, "device",
					Map.of("id", "d-" + fraction, "name", device)))
			.exchange()
			.expectStatus()
			.isOk();
	}

	/** The addresses of the pages that show the texts. */
	List<String> addresses() {
		return List.of("/books?topic=demanding", "/books/demanding-markup", "/books/demanding-long",
				"/books/demanding-arabic", "/books/demanding-hebrew", "/paths", "/paths/demanding", "/", "/me",
				"/me/readings/" + this.reading, "/me/year", "/me/account", "/now");
	}

}
