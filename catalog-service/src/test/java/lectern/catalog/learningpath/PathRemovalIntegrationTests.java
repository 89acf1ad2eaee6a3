package lectern.catalog.learningpath;

import java.util.List;

import lectern.catalog.CatalogFixture;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What a curator's DELETE of a path leads to. */
class PathRemovalIntegrationTests extends CatalogFixture {

	private static final String CONTENT = """
			{"title":"To Go","gates":[{"id":"one","title":"One","steps":[{"book":"fluent-python"}]}]}
			""";

	@Test
	void removedPathIsNotFoundAndRemovalIsLogged() {
		put("/api/v1/paths/way-to-go", CONTENT).expectStatus().isCreated();
		expectProblem(delete("way-to-go", null).expectHeader().valueEquals(HttpHeaders.ETAG, "\"1\""),
				HttpStatus.PRECONDITION_REQUIRED, "precondition-required");
		expectProblem(delete("way-to-go", "\"2\""), HttpStatus.PRECONDITION_FAILED, "precondition-failed");
		delete("way-to-go", "\"1\"").expectStatus().isNoContent().expectHeader().exists(Cursor.HEADER);
		expectProblem(this.anonymous.get().uri("/api/v1/paths/way-to-go").exchange(), HttpStatus.NOT_FOUND,
				"not-found");
		expectProblem(delete("way-to-go", "*"), HttpStatus.NOT_FOUND, "not-found");
		expectProblem(put("/api/v1/paths/way-to-go", CONTENT), HttpStatus.CONFLICT, "id-removed");
		assertThat(logged()).containsExactly("path-added 1", "path-removed 2");
	}

	private List<String> logged() {
		return this.database
			.sql("select type || ' ' || version as line from change where subject = 'way-to-go' order by position")
			.map((row) -> row.get("line", String.class))
			.all()
			.collectList()
			.block(HANG_LIMIT);
	}

	private WebTestClient.ResponseSpec delete(String path, String ifMatch) {
		return this.curator.delete().uri("/api/v1/paths/" + path).headers((headers) -> {
			if (ifMatch != null) {
				headers.setIfMatch(ifMatch);
			}
		}).exchange();
	}

}
