package lectern.acceptance;

import java.nio.file.Path;

import lectern.web.openapi.ApiDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program in TypeScript, with the types that openapi-typescript makes of the OpenAPI
 * document. The compiler checks it, and Node.js runs it.
 */
@ExtendWith(LecternExtension.class)
@EnabledIf(value = "lectern.acceptance.NpmPackages#canBeInstalled", disabledReason = "There is no npm on the PATH")
@Timeout(300)
class TypeScriptClientAcceptanceTests {

	@Test
	void programWithGeneratedTypesReadsReportsAndRestores(LecternInstance lectern, @TempDir Path folder)
			throws Exception {
		NpmPackages packages = NpmPackages.install(folder, "typescript", "tsconfig.json", "story.ts");
		packages.run("node_modules/.bin/openapi-typescript", ApiDocument.file("openapi.json").toString(), "--output",
				"api.ts");
		packages.run("node_modules/.bin/tsc", "--project", ".");

		String reader = "reader-" + Long.toString(System.nanoTime(), 36);
		JsonNode story = JsonTrees.parse(packages.run("node", "story.js", lectern.url(), reader));
		assertThat(story.path("book").asString()).isEqualTo("fluent-python");
		assertThat(story.path("seen").valueStream().map(JsonNode::asDouble)).containsExactly(0.8, 0.42, 0.8);
		assertThat(story.path("problem").asString()).isEqualTo("/problems/not-found");
	}

}
