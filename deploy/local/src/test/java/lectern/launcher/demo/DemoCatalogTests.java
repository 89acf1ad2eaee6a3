package lectern.launcher.demo;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class DemoCatalogTests {

	/**
	 * Public domain, Creative Commons, and the usual licences of software and manuals.
	 */
	private static final String LICENCE = "public domain|CC0 1\\.0|CC BY(-NC)?(-SA|-ND)? [1-4]\\.[05]|GFDL 1\\.[13]|"
			+ "MIT|Apache-2\\.0|GPL-3\\.0|OSL-3\\.0|PostgreSQL";

	private final DemoCatalog catalog = DemoCatalog.read();

	@Test
	void catalogHasHundredsOfDifferentBooks() {
		assertThat(this.catalog.bookIds()).hasSizeGreaterThan(250).doesNotHaveDuplicates();
		assertThat(books().map((book) -> book.path("title").asString() + book.path("authors"))).doesNotHaveDuplicates();
		assertThat(books().map((book) -> book.path("language").asString()).collect(Collectors.toSet())).contains("en",
				"ar", "he", "fa", "zh", "ja", "ru", "el", "hi");
		assertThat(books()).allSatisfy((book) -> {
			assertThat(book.path("summary").asString()).isNotBlank();
			assertThat(book.path("level").asString()).isIn("beginner", "intermediate", "advanced");
			assertThat(book.path("topics").size()).isPositive();
			assertThat(book.path("authors").size()).isPositive();
		});
	}

	@Test
	void eachBookCanBeReadInSomeWayOverHttps() {
		assertThat(books()).allSatisfy((book) -> assertThat(book.path("freeAccess").size()).isPositive());
		assertThat(ways()).allSatisfy((way) -> {
			URI url = URI.create(way.path("url").asString());
			assertThat(url.getScheme()).isEqualTo("https");
			assertThat(url.getHost()).contains(".");
		});
		assertThat(ways().map((way) -> way.path("kind").asString()).collect(Collectors.toSet())).contains("open-access",
				"sample", "library-loan", "trial", "talk", "docs", "code");
		assertThat(ways().map((way) -> way.path("state").asString("")).collect(Collectors.toSet())).contains("archived",
				"dead");
	}

	@Test
	void licencesAreKnownOnes() {
		List<String> licences = ways().filter((way) -> way.has("licence"))
			.map((way) -> way.path("licence").asString())
			.toList();
		assertThat(licences).hasSizeGreaterThan(150).allSatisfy((licence) -> assertThat(licence).matches(LICENCE));
	}

	@Test
	void pathsHaveOnlyBooksOfTheCatalog() {
		Set<String> books = new HashSet<>(this.catalog.bookIds());
		assertThat(this.catalog.pathIds()).hasSize(5)
			.allSatisfy((path) -> assertThat(this.catalog.booksOfPath(path)).isNotEmpty().isSubsetOf(books));
	}

	@Test
	void idsAreRenamedInDocumentsAndSteps() {
		String path = this.catalog.pathIds().getFirst();
		JsonNode renamed = DemoJson.read(this.catalog.toLines(path::equals, (id) -> id + "-2"));
		assertThat(renamed.path("id").asString()).isEqualTo(path + "-2");
		assertThat(new DemoCatalog(List.of((ObjectNode) renamed)).booksOfPath(path + "-2"))
			.isEqualTo(this.catalog.booksOfPath(path).stream().map((book) -> book + "-2").toList());
		assertThat(this.catalog.bookIds()).containsAll(this.catalog.booksOfPath(path));
	}

	private Stream<ObjectNode> books() {
		return this.catalog.documents().stream().filter(DemoCatalog::isBook);
	}

	private Stream<JsonNode> ways() {
		return books().flatMap((book) -> book.path("freeAccess").valueStream());
	}

}
