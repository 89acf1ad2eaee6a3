package lectern.progress.catalogreplica;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.progress.model.BookEdition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BookEditionsTests {

	private static final BookEditions EDITIONS = BookEditions
		.parse("""
				[{"label":"2nd edition","year":2022,"isbn":"978-1-4920-5635-5","language":"en","format":"print","pages":1012},
				{"label":"1st edition","year":2015,"isbn":"0-439-42089-X","pages":792},
				{"label":"2nd edition","year":2023,"language":"de","format":"EPUB"},
				{"year":2024,"format":"PDF","pages":998},
				{"pages":7}]""");

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			9781492056355              | 9781492056355              | 1012
			978-1-4920-5635-5          | 9781492056355              | 1012
			978\u20111\u20114920 5635 5 | 9781492056355             | 1012
			9780439420891              | 9780439420891              | 792
			043942089x                 | 9780439420891              | 792
			1st  EDITION               | 9780439420891              | 792
			2nd edition, 2023, de, EPUB | 2nd edition, 2023, de, EPUB | -
			2ND edition, 2023, de, epub | 2nd edition, 2023, de, EPUB | -
			2024, PDF                  | 2024, PDF                  | 998
			""")
	void findsEditionByNameOrIsbnOrUniqueLabel(String text, String name, @Nullable Integer pages) {
		assertThat(EDITIONS.find(text).edition()).isEqualTo(new BookEdition(name, pages));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2nd edition", "0439420890", "2024", "7", "", "3rd edition", "print" })
	void doesNotFindUnknownOrAmbiguousEdition(String text) {
		assertThat(EDITIONS.find(text).edition()).isNull();
		assertThat(EDITIONS.find(text).available()).containsExactly("9781492056355 (2nd edition, 2022, en, print)",
				"9780439420891 (1st edition, 2015)", "2nd edition, 2023, de, EPUB", "2024, PDF");
	}

	@Test
	void nameDoesNotDependOnOtherEditions() {
		BookEditions alone = BookEditions.parse("[{\"label\":\"2nd edition\",\"year\":2023}]");
		assertThat(alone.find("2nd edition").edition()).isEqualTo(new BookEdition("2nd edition, 2023", null));
	}

	/** They are told apart by their pages alone, which may be corrected. */
	@Test
	void firstOfEditionsWithTheSameNameIsMeant() {
		BookEditions same = BookEditions
			.parse("[{\"year\":2023,\"pages\":7},{\"year\":2023,\"pages\":8},{\"year\":2023}]");
		assertThat(same.find("2023").edition()).isEqualTo(new BookEdition("2023", 7));
		assertThat(same.find("2024").available()).containsExactly("2023");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "{}", "7", "null", "[7,null,[],{}]", "[{\"label\":\"\"},{\"label\":\" \"}]",
			"[{\"label\":\"a\\u0000b\"},{\"label\":\"\\ud800\"},{\"label\":7}]",
			"[{\"year\":\"2022\"},{\"pages\":7}]" })
	void editionsThatCannotBeNamedAreOmitted(String json) {
		assertThat(BookEditions.parse(json).editions()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-7", "\"7\"", "7.5", "99999999999", "null" })
	void pagesThatAreNoNumberAreUnknown(String pages) {
		assertThat(BookEditions.parse("[{\"label\":\"a\",\"pages\":%s}]".formatted(pages)).find("a").edition())
			.isEqualTo(new BookEdition("a", null));
	}

	@Test
	void listOfAvailableEditionsIsBounded() {
		String hundred = IntStream.rangeClosed(1, 100)
			.mapToObj("{\"label\":\"edition %d\"}"::formatted)
			.collect(Collectors.joining(",", "[", "]"));
		assertThat(BookEditions.parse(hundred).find("none").available()).hasSize(20).startsWith("edition 1");
	}

}
