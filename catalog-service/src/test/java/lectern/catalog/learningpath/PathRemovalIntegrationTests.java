package lectern.catalog.learningpath;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Removal of learning paths over HTTP. */
class PathRemovalIntegrationTests {

	private static final String CONTENT = """
			{"title":"To Go","gates":[{"id":"one","title":"One","steps":[{"book":"fluent-python"}]}]}
			""";

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	@Test
	void removedPathIsNotFoundAndRemovalIsLogged() {
		this.curator.put("/paths/to-go", CONTENT).assertStatus(201);
		this.curator.delete("/paths/to-go").assertProblem(428, "precondition-required").assertVersion(1);
		this.curator.ifMatch("\"2\"").delete("/paths/to-go").assertProblem(412, "precondition-failed");
		this.curator.ifMatch("\"1\"").delete("/paths/to-go").assertStatus(204).assertCursor();
		this.curator.get("/paths/to-go").assertProblem(404, "not-found");
		this.curator.ifMatch("*").delete("/paths/to-go").assertProblem(404, "not-found");
		this.curator.put("/paths/to-go", CONTENT).assertProblem(409, "id-removed");
		assertThat(this.catalog.changesOf("path", "to-go")).containsExactly("path-added 1", "path-removed 2");
	}

}
