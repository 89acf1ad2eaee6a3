package lectern.catalog.book;

import java.util.List;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The JSON of a book is the same in every response, and its columns agree with it. */
class BookJsonIntegrationTests {

	private static final String BOOK = "/books/shown-everywhere";

	private static final List<String> LISTS = List.of("/books?limit=200", "/books?q=shownword",
			"/books?q=shownword+everywhere", "/books?topic=shown%20topic", "/books?q=shownword&topic=shown%20topic");

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final TestApiClient anonymous = this.catalog.anonymous();

	@Test
	void everyReadReturnsIdenticalJson() {
		String added = this.curator.put(BOOK, """
				{"title":"Shownword \\"everywhere\\" \\\\ 😀","otherTitles":["Прочее","流畅"],"topics":["Shown topic"],
				"language":"fr-CA","summary":"One\\nTwo","freeAccess":[{"kind":"talk","url":"https://a.b/c"}]}
				""").assertStatus(201).text();
		assertReturnedByEveryRead(added);

		String changed = this.curator.ifMatch("*")
			.patch(BOOK, "{\"summary\":null,\"level\":\"advanced\"}")
			.assertStatus(200)
			.text();
		assertThat(changed).contains("\"version\":2").doesNotContain("summary");
		assertReturnedByEveryRead(changed);
	}

	private void assertReturnedByEveryRead(String document) {
		assertThat(this.anonymous.get(BOOK).text()).isEqualTo(document);
		for (String list : LISTS) {
			assertThat(this.anonymous.get(list).text()).as(list).contains(document);
		}
		assertThat(lastChange()).isEqualTo(document);
		assertThat(exported()).isEqualTo(content(document));
		assertThat(this.catalog.queryForLong("""
				select count(*) from book
				where (id, version, created_at, changed_at) is distinct from (document ->> 'id',
					(document ->> 'version')::bigint, (document ->> 'createdAt')::timestamptz,
					(document ->> 'changedAt')::timestamptz)
				""")).isZero();
	}

	private String lastChange() {
		return this.catalog.database()
			.sql("select data from change where subject = 'shown-everywhere' order by position desc limit 1")
			.map((row) -> row.get("data", String.class))
			.one()
			.blockOptional(HANG_LIMIT)
			.orElseThrow();
	}

	private JsonNode exported() {
		return this.anonymous.get("/export")
			.assertStatus(200)
			.text()
			.lines()
			.filter((line) -> line.contains("\"shown-everywhere\""))
			.map(BookJsonIntegrationTests::content)
			.findFirst()
			.orElseThrow();
	}

	/** Parse a document without the members that the catalog or an export adds. */
	private static JsonNode content(String document) {
		return ((ObjectNode) JsonMapper.shared().readTree(document))
			.remove(List.of("type", "id", "version", "createdAt", "changedAt"));
	}

}
