package lectern.catalog.book;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

import lectern.catalog.CatalogFixture;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists of books: pages, searches and invalid parameters. */
class BookListIntegrationTests extends CatalogFixture {

	@Test
	void seededBooksAreListed() {
		JsonNode page = get("/api/v1/books?limit=5");
		assertThat(page.get("items")).hasSize(5).allSatisfy((book) -> {
			assertThat(book.propertyNames()).contains("id", "title", "otherTitles", "authors", "topics", "keyPoints",
					"editions", "freeAccess", "version", "createdAt", "changedAt");
			assertThat(book.values()).noneMatch(JsonNode::isNull);
		});
	}

	@Test
	void pagingListsEachExistingBookOnceDuringInserts() {
		List<String> before = IntStream.range(0, 20).mapToObj((n) -> "walk-%02d".formatted(n)).toList();
		before.forEach((id) -> put("/api/v1/books/" + id, "{\"title\":\"Walk\"}").expectStatus().isCreated());
		List<String> seen = new ArrayList<>();
		String next = "";
		for (int pages = 0; next != null; pages++) {
			JsonNode page = next.isEmpty() ? get("/api/v1/books?limit=3")
					: get("/api/v1/books?limit=3&page={next}", next);
			page.get("items").forEach((book) -> seen.add(book.get("id").asString()));
			next = page.has("next") ? page.get("next").asString() : null;
			// One book before the current page, and one that may come after it.
			put("/api/v1/books/a-walk-" + pages, "{\"title\":\"Walk\"}").expectStatus().isCreated();
			put("/api/v1/books/walk-05-" + pages, "{\"title\":\"Walk\"}").expectStatus().isCreated();
		}
		assertThat(seen).doesNotHaveDuplicates().isSorted().containsAll(before);
	}

	@Test
	void searchPagingListsEachBookOnce() {
		IntStream.range(0, 7)
			.forEach((n) -> put("/api/v1/books/zebra-" + n,
					"{\"title\":\"Zebra %s\",\"topics\":[\"zebra\"]}".formatted("zebra ".repeat(n % 3)))
				.expectStatus()
				.isCreated());
		List<String> seen = new ArrayList<>();
		String next = "";
		while (next != null) {
			JsonNode page = next.isEmpty() ? get("/api/v1/books?q=zebra&limit=2")
					: get("/api/v1/books?q=zebra&limit=2&page={next}", next);
			page.get("items").forEach((book) -> seen.add(book.get("id").asString()));
			next = page.has("next") ? page.get("next").asString() : null;
		}
		assertThat(seen).hasSize(7).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "the design of everyday apis, the-design-of-web-apis", "Everyday API, the-design-of-web-apis",
			"lauret, the-design-of-web-apis", "RAMALHO fluent, fluent-python", "hatting, using-asyncio-in-python",
			"café, cafe-des-mots", "cafe, cafe-des-mots", "CAFE\u0301 creme, cafe-des-mots", "łodz, cafe-des-mots",
			"Strasse, cafe-des-mots" })
	void searchMatchesTitlesAndAuthorsIgnoringAccents(String typed, String id) {
		put("/api/v1/books/cafe-des-mots",
				"{\"title\":\"Café des mots à la crème\",\"authors\":[\"Zoë Łódź\"],\"otherTitles\":[\"Straße\"]}",
				(headers) -> headers.setIfMatch(this.anonymous.get()
					.uri("/api/v1/books/cafe-des-mots")
					.exchange()
					.returnResult(Void.class)
					.getStatus()
					.is2xxSuccessful() ? "*" : null))
			.expectStatus()
			.is2xxSuccessful();
		assertThat(ids(get("/api/v1/books?q={typed}", typed))).contains(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a & | ! :*'", "fluent & !python", "'", "\\", "\\'", "(((", "<->", "*:*", "%", "😀",
			"''''", "a:b", "fluent😀", "--", "/*", "$1", ":query", "?", "c++ c#", "-", "été'" })
	void searchTreatsOperatorsAsText(String typed) {
		assertThat(get("/api/v1/books?q={typed}", typed).get("items").isArray()).isTrue();
	}

	@Test
	void searchWithoutMatchReturnsEmptyPageWithCursor() {
		JsonNode page = get("/api/v1/books?q={typed}", "no book has this in it");
		assertThat(page.get("items")).isEmpty();
		assertThat(page.has("next")).isFalse();
		assertThat(cursor(this.anonymous.get().uri("/api/v1/books?q=nowhere-to-be-found").exchange())).isNotEmpty();
	}

	@Test
	void responseCursorMatchesLastWrite() {
		String written = cursor(put("/api/v1/books/just-listed", "{\"title\":\"Just Listed\"}"));
		for (String read : List.of("/api/v1/books?limit=1", "/api/v1/books?q=fluent", "/api/v1/books/fluent-python",
				"/api/v1/paths", "/api/v1/paths/temporal-architect")) {
			assertThat(cursor(this.anonymous.get().uri(read).exchange())).as(read).isEqualTo(written);
		}
		assertThat(Cursor.parse(written)).isPresent();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, limit", "limit=201, limit", "limit=abc, limit", "limit=-1, limit", "limit=, limit",
			"limit=1&limit=2, limit", "sort=title, sort", "q=, q", "q=%20, q", "q=a%00b, q", "page=, page",
			"page=nonsense, page", "page=!!, page" })
	void rejectsInvalidParameter(String query, String parameter) {
		expectInvalidParameter(this.anonymous.get().uri(address("/api/v1/books?" + query)).exchange(), parameter);
	}

	@Test
	void rejectsPageTokenOfOtherQuery() {
		String all = get("/api/v1/books?limit=1").get("next").asString();
		String search = get("/api/v1/books?limit=1&q=python").get("next").asString();
		expectInvalidParameter(this.anonymous.get().uri("/api/v1/books?q=python&page={page}", all).exchange(), "page");
		expectInvalidParameter(this.anonymous.get().uri("/api/v1/books?q=fluent&page={page}", search).exchange(),
				"page");
		expectInvalidParameter(this.anonymous.get().uri("/api/v1/books?page={page}", search).exchange(), "page");
	}

	@Test
	void rejectsForgedPageToken() {
		for (String key : List.of("0:a\u0000b", "0:A", "0:", "0:x'y")) {
			String page = Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
			expectInvalidParameter(this.anonymous.get().uri("/api/v1/books?page={page}", page).exchange(), "page");
			expectInvalidParameter(this.anonymous.get().uri("/api/v1/paths?page={page}", page).exchange(), "page");
		}
	}

	@Test
	void rejectsTooLongQuery() {
		expectInvalidParameter(this.anonymous.get().uri("/api/v1/books?q=" + "x".repeat(201)).exchange(), "q");
		get("/api/v1/books?q=" + "x".repeat(200));
	}

	private static List<String> ids(JsonNode page) {
		return page.get("items").valueStream().map((book) -> book.get("id").asString()).toList();
	}

}
