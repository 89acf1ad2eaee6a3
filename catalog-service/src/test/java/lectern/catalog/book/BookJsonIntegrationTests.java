package lectern.catalog.book;

import java.util.List;

import lectern.catalog.CatalogFixture;
import lectern.web.MergePatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** All reads return the same JSON of a book, and the columns beside it agree with it. */
class BookJsonIntegrationTests extends CatalogFixture {

	private static final String BOOK = "/api/v1/books/shown-everywhere";

	private static final List<String> LISTS = List.of("/api/v1/books?limit=200", "/api/v1/books?q=shownword",
			"/api/v1/books?q=shownword+everywhere", "/api/v1/books?topic=shown%20topic",
			"/api/v1/books?q=shownword&topic=shown%20topic");

	@Test
	void everyReadReturnsIdenticalJson() {
		String added = text(put(BOOK, """
				{"title":"Shownword \\"everywhere\\" \\\\ 😀","otherTitles":["Прочее","流畅"],"topics":["Shown topic"],
				"language":"fr-CA","summary":"One\\nTwo","freeAccess":[{"kind":"talk","url":"https://a.b/c"}]}
				"""));
		assertReturnedByEveryRead(added);

		String changed = text(this.curator.patch()
			.uri(BOOK)
			.header("If-Match", "*")
			.contentType(MediaType.parseMediaType(MergePatch.MEDIA_TYPE))
			.bodyValue("{\"summary\":null,\"level\":\"advanced\"}")
			.exchange());
		assertThat(changed).contains("\"version\":2").doesNotContain("summary");
		assertReturnedByEveryRead(changed);
	}

	private void assertReturnedByEveryRead(String document) {
		assertThat(text(this.anonymous.get().uri(BOOK).exchange())).isEqualTo(document);
		for (String list : LISTS) {
			assertThat(text(this.anonymous.get().uri(address(list)).exchange())).as(list).contains(document);
		}
		assertThat(lastChange()).isEqualTo(document);
		assertThat(exported()).isEqualTo(content(document));
		assertThat(this.database.sql("""
				select count(*) as n from book
				where (id, version, created_at, changed_at) is distinct from (document ->> 'id',
					(document ->> 'version')::bigint, (document ->> 'createdAt')::timestamptz,
					(document ->> 'changedAt')::timestamptz)
				""").map((row) -> row.get("n", Long.class)).one().block(HANG_LIMIT)).isZero();
	}

	private String lastChange() {
		return this.database
			.sql("select data from change where subject = 'shown-everywhere' order by position desc limit 1")
			.map((row) -> row.get("data", String.class))
			.one()
			.block(HANG_LIMIT);
	}

	private JsonNode exported() {
		String line = text(this.anonymous.get().uri("/api/v1/export").exchange()).lines()
			.filter((one) -> one.contains("\"shown-everywhere\""))
			.findFirst()
			.orElseThrow();
		return content(line);
	}

	/** The document without the members that the catalog or an export adds. */
	private JsonNode content(String document) {
		return ((ObjectNode) this.mapper.readTree(document))
			.remove(List.of("type", "id", "version", "createdAt", "changedAt"));
	}

	private static String text(WebTestClient.ResponseSpec response) {
		return response.expectStatus().is2xxSuccessful().expectBody(String.class).returnResult().getResponseBody();
	}

}
