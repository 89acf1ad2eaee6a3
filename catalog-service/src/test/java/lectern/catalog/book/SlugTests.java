package lectern.catalog.book;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SlugTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Fluent Python                      | fluent-python
			  The Founder’s -- Handbook, 3rd!  | the-founders-handbook-3rd
			Größe, Łódź, Ærø, İstanbul, ışık   | grosse-lodz-aero-istanbul-isik
			C++ & C# in 21 days                | cplusplus-csharp-in-21-days
			Ｆｕｌｌ Ｗｉｄｔｈ                    | full-width
			Python 入门                        | python-book
			""")
	void latinTitleGivesReadableSlug(String title, String slug) {
		if (slug.equals("python-book")) {
			assertThat(Slug.of(title)).matches("book-[0-9a-f]{10}");
		}
		else {
			assertThat(Slug.of(title)).isEqualTo(slug);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "深入浅出", "Основы языка", "!!!", "", "كتاب", "😀" })
	void nonLatinTitleGivesHash(String title) {
		assertThat(Slug.of(title)).matches("book-[0-9a-f]{10}").isEqualTo(Slug.of(title));
	}

	@Test
	void hashDependsOnNormalizedTitle() {
		assertThat(Slug.of("Основы ЯЗЫКА!")).isEqualTo(Slug.of("основы языка")).isNotEqualTo(Slug.of("основы языков"));
	}

	@Test
	void longTitleIsCutBetweenWords() {
		assertThat(Slug.of("engine ".repeat(20))).isEqualTo("engine" + "-engine".repeat(9));
		assertThat(Slug.of("e".repeat(200))).hasSize(74);
	}

	@Test
	void anyTitleGivesValidId() {
		Random random = new Random(11);
		for (int round = 0; round < 3_000; round++) {
			String title = random.ints(random.nextInt(40), 0, 0x3000)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
			assertThat(Slug.of(title)).matches("[a-z0-9]([a-z0-9-]{0,72}[a-z0-9])?");
			assertThat(NormalizedTitle.of(title).value()).isNotNull();
		}
	}

}
