package lectern.catalog.learningpath;

import java.util.ArrayList;
import java.util.List;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Learning paths over HTTP, written and read as books are. */
class LearningPathIntegrationTests {

	private static final String CONTENT = """
			{"title": "%s", "gates": [
				{"id": "one", "title": "One", "steps": [{"book": "fluent-python", "note": "slowly"}]},
				{"id": "two", "title": "Two", "needs": ["one"],
					"steps": [{"book": "high-performance-python"}, {"book": "the-design-of-web-apis"}],
					"rule": {"type": "any", "count": 1}}]}
			""";

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final TestApiClient anonymous = this.catalog.anonymous();

	@Test
	void putOfNewPathReturnsCreatedAndIsReadable() {
		this.curator.put("/paths/created", CONTENT.formatted("Created"))
			.assertStatus(201)
			.assertHeader("Location", "/api/v1/paths/created")
			.assertVersion(1)
			.assertCursor();
		JsonNode path = get("/paths/created");
		assertThat(path.propertyNames()).containsExactly("id", "title", "gates", "version", "createdAt", "changedAt");
		assertThat(path.at("/gates/0").toString()).isEqualTo("""
				{"id":"one","title":"One","needs":[],"steps":[{"book":"fluent-python","note":"slowly"}],\
				"rule":{"type":"all"}}""");
		assertThat(path.at("/gates/1/rule").toString()).isEqualTo("{\"type\":\"any\",\"count\":1}");
		assertThat(this.catalog.changesOf("path", "created")).containsExactly("path-added 1");
	}

	@Test
	void putRequiresMatchingVersion() {
		String second = CONTENT.formatted("Second");
		this.curator.put("/paths/guarded", CONTENT.formatted("First")).assertStatus(201);
		this.curator.put("/paths/guarded", second).assertProblem(428, "precondition-required");
		this.curator.ifMatch("\"2\"")
			.put("/paths/guarded", second)
			.assertProblem(412, "precondition-failed")
			.assertVersion(1);
		this.curator.ifNoneMatch("*").put("/paths/guarded", second).assertProblem(412, "precondition-failed");
		this.curator.ifMatch("*").put("/paths/not-yet", second).assertProblem(412, "precondition-failed");
		this.curator.ifMatch("\"1\"").put("/paths/guarded", second).assertStatus(200).assertVersion(2);
		assertThat(this.catalog.changesOf("path", "guarded")).containsExactly("path-added 1", "path-changed 2");
	}

	@Test
	void documentReadCanBeWrittenBackUnchanged() {
		TestApiResponse read = this.anonymous.get("/paths/temporal-architect").assertStatus(200);
		long before = this.catalog.changeCount();
		this.curator.ifMatch(read.etag())
			.put("/paths/temporal-architect", read.text())
			.assertStatus(200)
			.assertHeader("ETag", read.etag());
		assertThat(get("/paths/temporal-architect")).isEqualTo(read.json());
		assertThat(this.catalog.changeCount()).isEqualTo(before);
	}

	@Test
	void pagingListsEachPathOnce() {
		for (String id : List.of("walk-a", "walk-b", "walk-c")) {
			this.curator.put("/paths/" + id, CONTENT.formatted("Walk")).assertStatus(201);
		}
		List<String> ids = new ArrayList<>();
		JsonNode page = get("/paths?limit=1");
		page.get("items").forEach((path) -> ids.add(path.get("id").asString()));
		while (page.has("next")) {
			page = get("/paths?limit=1&page={next}", page.get("next").asString());
			page.get("items").forEach((path) -> ids.add(path.get("id").asString()));
		}
		assertThat(ids).doesNotHaveDuplicates().isSorted().contains("temporal-architect", "walk-a", "walk-b", "walk-c");
	}

	@Test
	void listRejectsInvalidParameter() {
		this.anonymous.get("/paths?q=x").assertInvalidParameter("q");
		this.anonymous.get("/paths?limit=0").assertInvalidParameter("limit");
	}

	@Test
	void unknownPathIsNotFound() {
		this.anonymous.get("/paths/nowhere").assertProblem(404, "not-found");
		this.anonymous.get("/paths/No-Id").assertProblem(404, "not-found");
	}

	@Test
	void putWithInvalidIdIsRejected() {
		this.curator.put("/paths/No-Id", CONTENT.formatted("Any")).assertInvalidParameter("path");
	}

	private JsonNode get(String path, Object... variables) {
		return this.anonymous.get(path, variables).assertStatus(200).json();
	}

}
