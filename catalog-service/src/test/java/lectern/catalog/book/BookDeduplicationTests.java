package lectern.catalog.book;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class BookDeduplicationTests {

	@Test
	void bookHasFingerprintOfAddressAndOfEachAuthor() {
		BookContent book = book("Poésie du code", "fr", List.of("Ann", "Bob"), access(FreeAccess.Kind.OPEN_ACCESS));
		assertThat(BookDeduplication.fingerprints(book)).containsExactly("url:example.org/text",
				"title:fr:poesie du code:ann", "title:fr:poesie du code:bob");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPEN_ACCESS")
	void onlyFullTextGivesFingerprintOfAddress(FreeAccess.Kind kind) {
		assertThat(BookDeduplication.fingerprints(book("Title", null, List.of("Ann"), access(kind))))
			.containsExactly("title::title:ann");
	}

	@Test
	void siteReplacesMissingAuthor() {
		assertThat(BookDeduplication
			.fingerprints(book("Documentation", "en", List.of(), access(FreeAccess.Kind.OPEN_ACCESS))))
			.containsExactly("url:example.org/text", "title:en:documentation:@example.org");
		assertThat(BookDeduplication.fingerprints(book("Documentation", "en", List.of())))
			.containsExactly("title:en:documentation:");
	}

	@Test
	void longFingerprintIsHashed() {
		Set<String> fingerprints = BookDeduplication.fingerprints(book("x".repeat(500), null, List.of("Ann")));
		assertThat(fingerprints).containsExactly("title::" + "x".repeat(500) + ":ann");
		fingerprints = BookDeduplication.fingerprints(book("語".repeat(500), null, List.of("Ann")));
		assertThat(fingerprints).singleElement().asString().matches("hash:[0-9a-f]{64}");
	}

	@Test
	void onlyFirstTenAuthorsGiveFingerprints() {
		List<String> authors = IntStream.range(0, 30).mapToObj((n) -> "Author " + n).toList();
		assertThat(BookDeduplication.fingerprints(book("Proceedings", null, authors))).hasSize(10);
	}

	@ParameterizedTest
	@CsvSource({ "Title, en, Other Title, en, true", "Title, en, Other Title, en-GB, true",
			"Title, , Other Title, en, true", "Title, en, TITLE!, fr, true", "Title, en, Titre, fr, false" })
	void sameBookHasSameLanguageOrTitle(String title, String language, String otherTitle, String otherLanguage,
			boolean same) {
		assertThat(BookDeduplication.isSameBook(book(title, language, List.of()),
				book(otherTitle, otherLanguage, List.of())))
			.isEqualTo(same);
	}

	private static FreeAccess access(FreeAccess.Kind kind) {
		return new FreeAccess(kind, "https://www.example.org/text/", null, null, null, null, null);
	}

	private static BookContent book(String title, String language, List<String> authors, FreeAccess... access) {
		return new BookContent(title, List.of(), authors, List.of(), null, language, null, List.of(), null, List.of(),
				List.of(access));
	}

}
