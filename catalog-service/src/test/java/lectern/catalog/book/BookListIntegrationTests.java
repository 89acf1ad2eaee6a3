package lectern.catalog.book;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

import lectern.catalog.RunningCatalog;
import lectern.streaming.log.Cursor;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Lists and searches of books: pages, cursors and rejected parameters. */
class BookListIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final TestApiClient anonymous = this.catalog.anonymous();

	@Test
	void seededBooksAreListed() {
		assertThat(this.anonymous.get("/books?limit=5").assertStatus(200).at("/items")).hasSize(5)
			.allSatisfy((book) -> {
				assertThat(book.propertyNames()).contains("id", "title", "otherTitles", "authors", "topics",
						"keyPoints", "editions", "freeAccess", "version", "createdAt", "changedAt");
				assertThat(book.values()).noneMatch(JsonNode::isNull);
			});
	}

	@Test
	void pagingListsEachExistingBookOnceDuringInserts() {
		List<String> existing = IntStream.range(0, 20).mapToObj((n) -> "walk-%02d".formatted(n)).toList();
		existing.forEach(this::create);
		List<String> listed = new ArrayList<>();
		TestApiResponse page = this.anonymous.get("/books?limit=3");
		listed.addAll(ids(page));
		for (int pages = 1; page.json().has("next"); pages++) {
			// One id before and one after the position of the list.
			create("a-walk-" + pages);
			create("walk-05-" + pages);
			page = this.anonymous.get("/books?limit=3&page={next}", page.at("/next").asString());
			listed.addAll(ids(page));
		}
		assertThat(listed).doesNotHaveDuplicates().isSorted().containsAll(existing);
	}

	@Test
	void searchPagingListsEachBookOnce() {
		for (int n = 0; n < 7; n++) {
			this.catalog.saveBook("zebra-" + n,
					"{\"title\":\"Zebra %s\",\"topics\":[\"zebra\"]}".formatted("zebra ".repeat(n % 3)));
		}
		assertThat(this.anonymous.getAllItems("/books?q=zebra&limit=2")).hasSize(7).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "the design of everyday apis, the-design-of-web-apis", "Everyday API, the-design-of-web-apis",
			"lauret, the-design-of-web-apis", "RAMALHO fluent, fluent-python", "hatting, using-asyncio-in-python",
			"café, cafe-des-mots", "cafe, cafe-des-mots", "CAFE\u0301 creme, cafe-des-mots", "łodz, cafe-des-mots",
			"Strasse, cafe-des-mots" })
	void searchMatchesTitlesAndAuthorsIgnoringAccents(String query, String id) {
		this.catalog.saveBook("cafe-des-mots", """
				{"title":"Café des mots à la crème","authors":["Zoë Łódź"],"otherTitles":["Straße"]}
				""");
		assertThat(ids(this.anonymous.get("/books?q={query}", query))).contains(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a & | ! :*'", "fluent & !python", "'", "\\", "\\'", "(((", "<->", "*:*", "%", "😀",
			"''''", "a:b", "fluent😀", "--", "/*", "$1", ":query", "?", "c++ c#", "-", "été'" })
	void searchTreatsOperatorsAsText(String query) {
		assertThat(this.anonymous.get("/books?q={query}", query).assertStatus(200).at("/items").isArray()).isTrue();
	}

	@Test
	void searchWithoutMatchReturnsEmptyPageWithCursor() {
		this.anonymous.get("/books?q={query}", "no book has this in it")
			.assertCursor()
			.assertMember("/items", List.of())
			.assertMember("/next", null);
	}

	@Test
	void responseCursorMatchesLastWrite() {
		String written = this.catalog.saveBook("just-listed", "{\"title\":\"Just Listed\"}").cursor();
		for (String path : List.of("/books?limit=1", "/books?q=fluent", "/books/fluent-python", "/paths",
				"/paths/temporal-architect")) {
			this.anonymous.get(path).assertHeader("Cursor", written);
		}
		assertThat(Cursor.parse(written)).isPresent();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, limit", "limit=201, limit", "limit=abc, limit", "limit=-1, limit", "limit=, limit",
			"limit=1&limit=2, limit", "sort=title, sort", "q=, q", "q=%20, q", "q=a%00b, q", "page=, page",
			"page=nonsense, page", "page=!!, page" })
	void rejectsInvalidParameter(String query, String parameter) {
		this.anonymous.get("/books?" + query).assertInvalidParameter(parameter);
	}

	@Test
	void rejectsPageTokenOfOtherQuery() {
		String all = this.anonymous.get("/books?limit=1").at("/next").asString();
		String search = this.anonymous.get("/books?limit=1&q=python").at("/next").asString();
		this.anonymous.get("/books?q=python&page={page}", all).assertInvalidParameter("page");
		this.anonymous.get("/books?q=fluent&page={page}", search).assertInvalidParameter("page");
		this.anonymous.get("/books?page={page}", search).assertInvalidParameter("page");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0:a\u0000b", "0:A", "0:", "0:x'y" })
	void rejectsForgedPageToken(String key) {
		String page = Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
		this.anonymous.get("/books?page={page}", page).assertInvalidParameter("page");
		this.anonymous.get("/paths?page={page}", page).assertInvalidParameter("page");
	}

	@Test
	void rejectsTooLongQuery() {
		this.anonymous.get("/books?q=" + "x".repeat(201)).assertInvalidParameter("q");
		this.anonymous.get("/books?q=" + "x".repeat(200)).assertStatus(200);
	}

	private void create(String id) {
		this.curator.put("/books/" + id, "{\"title\":\"Walk\"}").assertStatus(201);
	}

	private static List<String> ids(TestApiResponse page) {
		return page.assertStatus(200).at("/items").valueStream().map((book) -> book.get("id").asString()).toList();
	}

}
