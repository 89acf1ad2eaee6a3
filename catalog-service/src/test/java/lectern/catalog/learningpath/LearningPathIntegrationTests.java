package lectern.catalog.learningpath;

import java.util.ArrayList;
import java.util.List;

import lectern.catalog.CatalogFixture;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Paths over HTTP, written and read as books are. */
class LearningPathIntegrationTests extends CatalogFixture {

	private static final String CONTENT = """
			{"title": "%s", "gates": [
				{"id": "one", "title": "One", "steps": [{"book": "fluent-python", "note": "slowly"}]},
				{"id": "two", "title": "Two", "needs": ["one"],
					"steps": [{"book": "high-performance-python"}, {"book": "the-design-of-web-apis"}],
					"rule": {"type": "any", "count": 1}}]}
			""";

	@Test
	void putOfNewPathReturnsCreatedAndIsReadable() {
		put("/api/v1/paths/created", CONTENT.formatted("Created")).expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals(HttpHeaders.LOCATION, "/api/v1/paths/created")
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectHeader()
			.exists(Cursor.HEADER);
		JsonNode path = get("/api/v1/paths/created");
		assertThat(path.propertyNames()).containsExactly("id", "title", "gates", "version", "createdAt", "changedAt");
		assertThat(path.at("/gates/0").toString()).isEqualTo("""
				{"id":"one","title":"One","needs":[],"steps":[{"book":"fluent-python","note":"slowly"}],\
				"rule":{"type":"all"}}""");
		assertThat(path.at("/gates/1/rule").toString()).isEqualTo("{\"type\":\"any\",\"count\":1}");
		assertThat(logged("created")).containsExactly("path-added 1");
	}

	@Test
	void putRequiresMatchingVersion() {
		put("/api/v1/paths/guarded", CONTENT.formatted("First")).expectStatus().isCreated();
		expectProblem(put("/api/v1/paths/guarded", CONTENT.formatted("Second")), HttpStatus.PRECONDITION_REQUIRED,
				"precondition-required");
		expectProblem(
				put("/api/v1/paths/guarded", CONTENT.formatted("Second"), (headers) -> headers.setIfMatch("\"2\""))
					.expectHeader()
					.valueEquals(HttpHeaders.ETAG, "\"1\""),
				HttpStatus.PRECONDITION_FAILED, "precondition-failed");
		expectProblem(
				put("/api/v1/paths/guarded", CONTENT.formatted("Second"), (headers) -> headers.setIfNoneMatch("*")),
				HttpStatus.PRECONDITION_FAILED, "precondition-failed");
		expectProblem(put("/api/v1/paths/not-yet", CONTENT.formatted("Any"), (headers) -> headers.setIfMatch("*")),
				HttpStatus.PRECONDITION_FAILED, "precondition-failed");
		put("/api/v1/paths/guarded", CONTENT.formatted("Second"), (headers) -> headers.setIfMatch("\"1\""))
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"2\"");
		assertThat(logged("guarded")).containsExactly("path-added 1", "path-changed 2");
	}

	@Test
	void documentReadCanBeWrittenBackUnchanged() {
		JsonNode read = get("/api/v1/paths/temporal-architect");
		long before = changeCount();
		put("/api/v1/paths/temporal-architect", read.toString(), (headers) -> headers.setIfMatch("\"1\""))
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"");
		assertThat(get("/api/v1/paths/temporal-architect")).isEqualTo(read);
		assertThat(changeCount()).isEqualTo(before);
	}

	@Test
	void pagingListsEachPathOnce() {
		for (String id : List.of("walk-a", "walk-b", "walk-c")) {
			put("/api/v1/paths/" + id, CONTENT.formatted("Walk")).expectStatus().isCreated();
		}
		List<String> seen = new ArrayList<>();
		JsonNode page = get("/api/v1/paths?limit=1");
		while (true) {
			page.get("items").forEach((path) -> seen.add(path.get("id").asString()));
			if (!page.has("next")) {
				break;
			}
			page = get("/api/v1/paths?limit=1&page={next}", page.get("next").asString());
		}
		assertThat(seen).doesNotHaveDuplicates()
			.isSorted()
			.contains("temporal-architect", "walk-a", "walk-b", "walk-c");
		expectInvalidParameter(this.anonymous.get().uri("/api/v1/paths?q=x").exchange(), "q");
		expectInvalidParameter(this.anonymous.get().uri("/api/v1/paths?limit=0").exchange(), "limit");
	}

	@Test
	void unknownPathIsNotFound() {
		for (String id : List.of("nowhere", "No-Id")) {
			expectProblem(this.anonymous.get().uri("/api/v1/paths/" + id).exchange(), HttpStatus.NOT_FOUND,
					"not-found");
		}
		expectInvalidParameter(put("/api/v1/paths/No-Id", CONTENT.formatted("Any")), "path");
	}

	private List<String> logged(String path) {
		return this.database.sql(
				"select type || ' ' || version as line from change where subject = :path and type like 'path-%' order by position")
			.bind("path", path)
			.map((row) -> row.get("line", String.class))
			.all()
			.collectList()
			.block(HANG_LIMIT);
	}

}
