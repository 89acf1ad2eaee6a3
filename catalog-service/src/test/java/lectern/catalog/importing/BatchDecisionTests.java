package lectern.catalog.importing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import jakarta.validation.Validation;
import lectern.catalog.book.Book;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookDeduplication;
import lectern.catalog.book.BookLevel;
import lectern.catalog.book.BookUpsert;
import lectern.catalog.book.Edition;
import lectern.catalog.book.FreeAccess;
import lectern.catalog.importing.BatchDecision.BatchResult;
import lectern.web.RawLine;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class BatchDecisionTests {

	private static final BookRules RULES = new BookRules(Validation.buildDefaultValidatorFactory().getValidator());

	private final Map<String, Book> catalog = new HashMap<>();

	private final Map<String, String> ids = new HashMap<>();

	@Test
	void unknownItemIsAdded() {
		BatchResult result = decide("### Engines", "* [Analytical Engines](https://a.org/e) - Ada Byron (PDF) (CC BY)");

		assertThat(result.added()).isEqualTo(1);
		BookUpsert upsert = result.upserts().getFirst();
		assertThat(upsert.id()).isEqualTo("analytical-engines");
		assertThat(upsert.previous()).isNull();
		assertThat(upsert.content().authors()).containsExactly("Ada Byron");
		assertThat(upsert.content().topics()).containsExactly("Engines");
		assertThat(upsert.content().language()).isEqualTo("en");
		assertThat(upsert.content().freeAccess()).containsExactly(
				new FreeAccess(FreeAccess.Kind.OPEN_ACCESS, "https://a.org/e", null, "PDF", "CC BY", null, null));
	}

	@Test
	void linksKeepTheirConditionFormatAndState() {
		BatchResult result = decide("* [Engines](https://web.archive.org/web/2016/http://a.org/e) - Ada Byron (HTML) "
				+ "([PDF, EPUB](https://a.org/e.pdf), [:package: code samples](https://a.org/code)) "
				+ "(email address requested) (1843) (2001) *( :construction: in process)*");

		assertThat(result.upserts().getFirst().content().freeAccess())
			.extracting(FreeAccess::format, FreeAccess::state, FreeAccess::condition)
			.containsExactly(
					tuple("HTML", FreeAccess.LinkState.ARCHIVED, "1843; email address requested; still being written"),
					tuple("PDF, EPUB", null, "email address requested; still being written"),
					tuple(null, null, "code samples; email address requested; still being written"));
		assertThat(result.upserts().getFirst().content().editions()).extracting(Edition::year).containsExactly(2001);
	}

	@Test
	void itemsWithSameUrlAreMerged() {
		BatchResult result = decide("### Engines", "* [Engines](https://a.org/e) - Ada", "### Looms",
				"* [On Engines](http://www.a.org/e/) - Ada");

		assertThat(result.added()).isEqualTo(1);
		assertThat(result.merged()).isEqualTo(1);
		assertThat(result.upserts()).hasSize(1);
		BookContent content = result.upserts().getFirst().content();
		assertThat(content.title()).isEqualTo("Engines");
		assertThat(content.otherTitles()).containsExactly("On Engines");
		assertThat(content.topics()).containsExactly("Engines", "Looms");
		assertThat(content.freeAccess()).hasSize(1);
	}

	@Test
	void repeatedItemIsUnchanged() {
		BatchResult result = decide("* [Engines](https://a.org/e) - Ada", "* [Engines](https://a.org/e) - Ada");

		assertThat(List.of(result.added(), result.merged(), result.unchanged())).containsExactly(1, 0, 1);
	}

	@Test
	void sameTitleAndAuthorAddsAnotherLink() {
		BatchResult result = decide("* [Engines](https://a.org/e) - Ada Byron",
				"* [ENGINES!](https://b.org/e) - Ada byron");

		assertThat(result.merged()).isEqualTo(1);
		assertThat(result.upserts().getFirst().content().freeAccess()).extracting(FreeAccess::url)
			.containsExactly("https://a.org/e", "https://b.org/e");
		assertThat(result.upserts().getFirst().content().otherTitles()).isEmpty();
	}

	@Test
	void sameTitleWithoutAuthorIsMergedOnlyOnSameSite() {
		BatchResult result = decide("* [Documentation](https://a.org/1)", "* [Documentation](https://b.org)",
				"* [Documentation](https://a.org/2)");

		assertThat(result.upserts()).extracting(BookUpsert::id).containsExactly("documentation", "documentation-2");
		assertThat(result.merged()).isEqualTo(1);
	}

	@Test
	void usedSlugsAreSkipped() {
		addToCatalog("engines", book("Engines", "Karl", "https://k.org"));
		addToCatalog("engines-2", book("Engines", "Emmy", "https://e.org"));

		BatchResult result = decide("* [Engines](https://a.org) - Ada", "* [Engines](https://b.org) - Luigi",
				"* [Engines](https://e.org) - Emmy");

		assertThat(result.upserts()).extracting(BookUpsert::id).containsExactly("engines-3", "engines-4");
		assertThat(result.unchanged()).isEqualTo(1);
	}

	@Test
	void numberedSlugIsValidId() {
		String title = "engine ".repeat(30);
		String[] lines = IntStream.range(0, 12)
			.mapToObj((n) -> "* [" + title + "](https://a.org/" + n + ") - Ada " + (char) ('A' + n))
			.toArray(String[]::new);

		assertThat(decide(lines).upserts()).hasSize(12)
			.extracting(BookUpsert::id)
			.allMatch((id) -> id.length() <= 80 && id.matches("[a-z0-9]+(-[a-z0-9]+)*"));
	}

	@Test
	void mergeKeepsCuratedContent() {
		FreeAccess dead = new FreeAccess(FreeAccess.Kind.SAMPLE, "https://a.org/e", "ask first", "HTML", null,
				FreeAccess.LinkState.DEAD, Instant.EPOCH);
		BookContent curated = new BookContent("Engines", List.of("The Engine"), List.of("Ada Byron"),
				List.of("computing"), BookLevel.ADVANCED, "en", "A summary.", List.of("a point"), "It matters.",
				List.of(), List.of(dead));
		addToCatalog("engines", curated);

		BatchResult result = decide("### Computing", "#### Steam",
				"* [Engines](http://a.org/e) - Ada Byron (PDF) ([EPUB](https://a.org/e.epub)) (1843)");

		assertThat(result.upserts()).extracting(BookUpsert::id).containsExactly("engines");
		BookContent merged = result.upserts().getFirst().content();
		assertThat(result.upserts().getFirst().previous()).isEqualTo(this.catalog.get("engines"));
		assertThat(merged).isEqualTo(curated.withMerged(curated.otherTitles(), List.of("computing", "Steam"),
				curated.editions(), List.of(dead, new FreeAccess(FreeAccess.Kind.OPEN_ACCESS, "https://a.org/e.epub",
						null, "EPUB", null, null, null))));
	}

	@Test
	void talkUrlDoesNotIdentifyBook() {
		addToCatalog("engines", book("Engines", "Ada Byron", "https://a.org/e").withMerged(List.of(), List.of(),
				List.of(),
				List.of(new FreeAccess(FreeAccess.Kind.TALK, "https://a.org/talk", null, null, null, null, null))));

		assertThat(decide("* [A talk on engines](https://a.org/talk) - Karl").added()).isEqualTo(1);
	}

	@Test
	void translationLinkingOriginalIsAnotherBook() {
		addToCatalog("engines", book("Engines", "Ada Byron", "https://a.org/e"));

		BatchResult result = decideIn("de", "* [Maschinen](https://b.org/m) - Ada Byron ([Original](https://a.org/e))");

		assertThat(result.added()).isEqualTo(1);
		assertThat(result.upserts().getFirst().id()).isEqualTo("maschinen");
	}

	@Test
	void sameTitleInOtherLanguageListIsSameBook() {
		addToCatalog("engines", book("Engines", "Ada Byron", "https://a.org/e"));

		assertThat(decideIn("de", "* [Engines](https://a.org/e) - Ada Byron").unchanged()).isEqualTo(1);
	}

	@Test
	void secondImportChangesNothing() {
		String[] list = { "### Engines", "* [Engines](https://a.org/1) - Ada ([PDF](https://a.org/2))",
				"* [Looms](https://a.org/2) - Karl", "* [Engines](https://c.org) - Emmy",
				"* [Engines](https://d.org) - Ada", "* [Other](https://c.org) - Emmy",
				"* [Other](https://e.org) - Emmy", "* [No link]", "* [X](ftp://a.org)" };
		decide(list).upserts().forEach((upsert) -> addToCatalog(upsert.id(), upsert.content()));

		BatchResult second = decide(list);

		assertThat(second.upserts()).isEmpty();
		assertThat(second.unchanged()).isEqualTo(6);
		assertThat(second.refusals()).hasSize(2);
	}

	@Test
	void invalidItemIsRefusedAndOthersAreWritten() {
		List<FreeAccess> full = IntStream.range(0, 500)
			.mapToObj((n) -> new FreeAccess(FreeAccess.Kind.OPEN_ACCESS, "https://a.org/" + n, null, null, null, null,
					null))
			.toList();
		addToCatalog("engines",
				book("Engines", "Ada", "https://a.org/0").withMerged(List.of(), List.of(), List.of(), full));

		BatchResult result = decide("* [Engines](https://b.org) - Ada", "* [Looms](https://c.org) - " + "K".repeat(201),
				"* [Wheels](https://d.org) - Ada");

		assertThat(result.refusals()).extracting(RefusedLine::reason)
			.containsExactlyInAnyOrder(
					"The item cannot be merged into the book engines: The member freeAccess must have at most 500 entries.",
					"The member authors[0] must be text of 1 to 200 characters without control characters.");
		assertThat(result.refusals().getFirst().text()).startsWith("* [");
		assertThat(result.upserts()).extracting(BookUpsert::id).containsExactly("wheels");
	}

	@Test
	void documentWithIdOfRemovedBookIsRefused() {
		BookContent content = book("Engines", "Ada", "https://a.org/e");

		BatchResult result = new BatchDecision(known(Set.of("engines")), RULES)
			.decideAll(List.of(new BookDocumentLine(7, 2, "{}", "engines", content, Set.of())));

		assertThat(result.upserts()).isEmpty();
		assertThat(result.refusals()).containsExactly(
				new RefusedLine(7, "Id engines belonged to a removed book or path and cannot be reused.", null, "{}"));
	}

	private BatchResult decide(String... lines) {
		return decideIn("en", lines);
	}

	private BatchResult decideIn(String language, String... lines) {
		ListLineReader reader = new ListLineReader(language, RULES);
		List<ImportLine> counted = new ArrayList<>();
		for (int index = 0; index < lines.length; index++) {
			ImportLine line = reader.read(new RawLine(index + 1, lines[index], null));
			if (line != null) {
				counted.add(line);
			}
		}
		return new BatchDecision(known(Set.of()), RULES).decideAll(counted);
	}

	private KnownBooks known(Set<String> removed) {
		return new KnownBooks(this.ids, this.catalog, new HashSet<>(this.catalog.keySet()), removed);
	}

	private void addToCatalog(String id, BookContent content) {
		this.catalog.put(id, new Book(id, content, 1, Instant.EPOCH, Instant.EPOCH));
		Set<String> keys = BookDeduplication.fingerprints(content);
		keys.forEach((key) -> this.ids.putIfAbsent(key, id));
	}

	private static BookContent book(String title, String author, String url) {
		return new BookContent(title, List.of(), List.of(author), List.of(), null, "en", null, List.of(), null,
				List.of(), List.of(new FreeAccess(FreeAccess.Kind.OPEN_ACCESS, url, null, null, null, null, null)));
	}

}
