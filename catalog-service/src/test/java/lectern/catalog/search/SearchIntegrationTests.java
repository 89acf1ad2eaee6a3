package lectern.catalog.search;

import java.util.Collection;
import java.util.List;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Searches and filters over HTTP. */
class SearchIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient anonymous = this.catalog.anonymous();

	@BeforeEach
	void writeBooks() {
		book("poesie-du-code", "{\"title\":\"Poésie du code\",\"language\":\"fr\",\"authors\":[\"Émile Dupont\"]}");
		book("sql-en-francais", "{\"title\":\"Les données relationnelles\",\"language\":\"fr-CA\"}");
		book("database-systems",
				"{\"title\":\"Database Systems\",\"language\":\"en\",\"topics\":[\"Databases\",\"Theory\"],\"level\":\"advanced\"}");
		book("haeuser-bauen", "{\"title\":\"Häuser bauen\",\"language\":\"de\",\"authors\":[\"Jörg Groß\"]}");
		book("kniga-o-yazykah", "{\"title\":\"Книга о языках\",\"language\":\"ru\"}");
		book("ryu", "{\"title\":\"流畅的 Python\",\"language\":\"zh\"}");
		book("node-in-action",
				"{\"title\":\"Node.js in Action\",\"language\":\"en\",\"freeAccess\":[{\"kind\":\"sample\",\"url\":\"https://a.b\"}]}");
		book("tour-of-cpp", "{\"title\":\"A Tour of C++\",\"language\":\"en\"}");
		book("it", "{\"title\":\"It\",\"language\":\"en\",\"authors\":[\"Stephen King\"]}");
		book("null-and-void", "{\"title\":\"Null \\\"and\\\" {void},\",\"language\":\"en\"}");
		book("untold", "{\"title\":\"Programming in an untold tongue\"}");
	}

	@ParameterizedTest
	@CsvSource({ "poésie, poesie-du-code", "poesie, poesie-du-code", "POÉSIES, poesie-du-code", "poe, poesie-du-code",
			"donnée, sql-en-francais", "relationnel, sql-en-francais", "databases, database-systems",
			"system, database-systems", "database syst, database-systems", "haus, haeuser-bauen",
			"hauser, haeuser-bauen", "groß, haeuser-bauen", "gross jorg, haeuser-bauen", "книги, kniga-o-yazykah",
			"языка, kniga-o-yazykah", "流畅的, ryu", "流, ryu", "node, node-in-action", "node.js, node-in-action",
			"c++, tour-of-cpp", "it, it", "king it, it", "programming, untold", "null, null-and-void",
			"void null, null-and-void" })
	void findsBookByWordFormsOfItsLanguage(String typed, String id) {
		assertThat(found(typed)).contains(id);
	}

	@ParameterizedTest
	@CsvSource({ "asincio, using-asyncio-in-python", "asynco, using-asyncio-in-python",
			"pyhton asyncio, using-asyncio-in-python", "ramahlo, fluent-python",
			"archtecture, architecture-patterns-with-python", "poesíe, poesie-du-code", "databsae, database-systems" })
	void toleratesTypos(String typed, String id) {
		assertThat(found(typed)).contains(id);
	}

	@Test
	void typoMatchesOnlyNearestWords() {
		book("asinino", "{\"title\":\"Asinino\"}");
		assertThat(found("asininu")).containsExactly("asinino");
		assertThat(found("asincio")).contains("using-asyncio-in-python").doesNotContain("asinino");
	}

	@Test
	void indexedWordIsNotTreatedAsTypo() {
		book("asincio", "{\"title\":\"Asincio, a village\"}");
		assertThat(found("asincio")).containsExactly("asincio");
		this.catalog.curator().ifMatch("*").delete("/books/asincio").assertStatus(204);
		assertThat(found("asincio")).contains("using-asyncio-in-python");
	}

	@Test
	void ranksTitlesBeforeAuthorsBeforeTopicsBeforeText() {
		book("weight-text", "{\"title\":\"Alpha\",\"summary\":\"About quokkas.\"}");
		book("weight-topic", "{\"title\":\"Beta\",\"topics\":[\"Quokkas\"]}");
		book("weight-author", "{\"title\":\"Gamma\",\"authors\":[\"Q. Quokkas\"]}");
		book("weight-long-title", "{\"title\":\"All that there is to be said of quokkas\"}");
		book("weight-title", "{\"title\":\"Quokkas\",\"summary\":\"Quokkas, quokkas.\"}");
		List<String> order = List.of("weight-title", "weight-long-title", "weight-author", "weight-topic",
				"weight-text");
		assertThat(found("quokkas")).isEqualTo(order);
		assertThat(found("quokka")).isEqualTo(order);
		assertThat(idsOfAllPages("/books?limit=1&q=quok")).isEqualTo(order);
	}

	@Test
	void requiresAllWords() {
		assertThat(found("fluent python")).contains("fluent-python").doesNotContain("using-asyncio-in-python");
		assertThat(found("fluent quicksand-never-there")).isEmpty();
	}

	@Test
	void bookMatchingSeveralVariantsIsListedOnce() {
		for (int n = 0; n < 9; n++) {
			book("wombat-" + n,
					"""
							{"title":"Wombat%s %d","topics":["Wombats","Wombatology"],"language":"%s","summary":"Wombatish wombats."}
							"""
						.formatted((n % 2 == 0) ? "s" : "", n, (n % 3 == 0) ? "en" : "de"));
		}
		for (String typed : List.of("womb", "wombat", "wombats", "wombta")) {
			assertThat(idsOfAllPages("/books?limit=2&q=" + typed)).as(typed).hasSize(9).doesNotHaveDuplicates();
		}
	}

	@ParameterizedTest
	@CsvSource({ "topic=databases, database-systems", "topic=DATABASES, database-systems",
			"author=emile dupont, poesie-du-code", "author=Émile Dupont, poesie-du-code",
			"language=fr, sql-en-francais", "language=FR-ca, sql-en-francais", "language=ru, kniga-o-yazykah",
			"access=sample, node-in-action", "level=advanced, database-systems",
			"topic=databases&level=advanced, database-systems", "q=systems&topic=theory, database-systems",
			"q=database systems&level=advanced&language=en, database-systems" })
	void filterSelectsBooks(String query, String id) {
		List<String> all = idsOfAllPages("/books?limit=2&" + query.replace(" ", "%20"));
		assertThat(all).contains(id).doesNotContain("tour-of-cpp").doesNotHaveDuplicates();
		if (!query.startsWith("q=")) {
			assertThat(all).isSorted();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "language=pt", "topic=none-of-it", "topic=databases&level=beginner",
			"q=poesie&language=en", "author=dupont", "topic=data%25", "topic=a%5Cb'c" })
	void filterWithoutMatchReturnsEmptyPage(String query) {
		this.anonymous.get("/books?" + query)
			.assertStatus(200)
			.assertMember("/items", List.of())
			.assertMember("/next", null);
	}

	@ParameterizedTest
	@CsvSource({ "filter=x, filter", "topics=x, topics", "topic=, topic", "topic=%20, topic", "topic=a%00b, topic",
			"language=not a tag, language", "level=expert, level", "access=free, access", "level=, level",
			"topic=a&topic=b, topic" })
	void rejectsInvalidFilter(String query, String parameter) {
		this.anonymous.get("/books?" + query.replace(" ", "%20")).assertInvalidParameter(parameter);
	}

	@Test
	void rejectsPageTokenOfOtherQuery() {
		String page = this.anonymous.get("/books?limit=1&language=en").at("/next").asString();
		for (String query : List.of("language=fr", "language=en&level=advanced", "q=python", "topic=python")) {
			this.anonymous.get("/books?" + query + "&page={page}", page).assertInvalidParameter("page");
		}
		this.anonymous.get("/topics?page={page}", page).assertInvalidParameter("page");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/topics", "/authors", "/books?topic=databases", "/books?q=poesie",
			"/books?q=nothing-like-it" })
	void listHasCursorAndSupportsConditionalGet(String list) {
		String written = this.anonymous.head("/books?limit=1").cursor();
		TestApiResponse page = this.anonymous.get(list)
			.assertHeader("Cursor", written)
			.assertHeader("Cache-Control", "public, max-age=0, s-maxage=5");
		this.anonymous.ifNoneMatch(page.etag()).get(list).assertStatus(304);
		this.anonymous.head(list).assertStatus(200).assertHeader("ETag", page.etag());
	}

	private void book(String id, String content) {
		this.catalog.saveBook(id, content);
	}

	private List<String> found(String query) {
		return ids(this.anonymous.get("/books?q={query}", query).assertStatus(200).at("/items").values());
	}

	private List<String> idsOfAllPages(String list) {
		return ids(this.anonymous.getAllItems(list));
	}

	private static List<String> ids(Collection<JsonNode> books) {
		return books.stream().map((book) -> book.get("id").asString()).toList();
	}

}
