package lectern.catalog.book;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class SlugTests {

	private static final String TABLE = "slugs.csv";

	@ParameterizedTest
	@CsvFileSource(resources = TABLE, delimiter = '|', encoding = "UTF-8")
	void titleHasSlugOfTable(String title, String slug) {
		assertThat(Slug.of(title)).isEqualTo(slug);
		assertThat(CatalogId.isValid(slug)).isTrue();
	}

	@Test
	void tableHasTitlesInManyScripts() throws IOException {
		assertThat(table().keySet()
			.stream()
			.flatMap((title) -> title.codePoints().filter(Character::isLetter).mapToObj(Character.UnicodeScript::of))
			.distinct()).hasSizeGreaterThan(20);
	}

	@Test
	void concurrentCallsGiveSameSlugs() throws Exception {
		Map<String, String> table = table();
		Callable<Map<String, String>> task = () -> table.keySet()
			.stream()
			.collect(Collectors.toMap((title) -> title, Slug::of));
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			for (var slugs : threads.invokeAll(Stream.generate(() -> task).limit(32).toList())) {
				assertThat(slugs.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(table);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "  The Founder’s -- Handbook! , the-founders-handbook", "'A/B: testing', a-b-testing",
			"ﬁle ½, file-1-2", "Ⅷ, viii", "e\u0301\u0301, e", "C ++, c", "+1, 1", "C+, cplus" })
	void punctuationSeparatesWords(String title, String slug) {
		assertThat(Slug.of(title)).isEqualTo(slug);
	}

	@ParameterizedTest
	@ValueSource(strings = { "!!!", "", "😀", "སྤྱོད་འཇུག", "ᏣᎳᎩ", "សង្គ្រាម" })
	void titleWithoutTransliterationGivesHash(String title) {
		assertThat(Slug.of(title)).matches("book-[0-9a-f]{10}").isEqualTo(Slug.of(title));
	}

	@Test
	void hashDependsOnNormalizedTitle() {
		assertThat(Slug.of("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ!")).isEqualTo(Slug.of("ᏣᎳᎩ  ᎦᏬᏂᎯᏍᏗ")).isNotEqualTo(Slug.of("ᏣᎳᎩ"));
	}

	@Test
	void longTitleIsCutBetweenWords() {
		assertThat(Slug.of("engine ".repeat(20))).isEqualTo("engine" + "-engine".repeat(9));
		assertThat(Slug.of("двигатель ".repeat(20))).isEqualTo("dvigatel" + "-dvigatel".repeat(7));
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

	private static Map<String, String> table() throws IOException {
		try (InputStream table = SlugTests.class.getResourceAsStream(TABLE)) {
			List<String> lines = new String(table.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("# "))
				.toList();
			return lines.stream()
				.map((line) -> line.split(" \\| "))
				.collect(Collectors.toMap((columns) -> columns[0], (columns) -> columns[1]));
		}
	}

}
