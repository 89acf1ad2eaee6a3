package lectern.acceptance.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import lectern.acceptance.NpmPackages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Objects have the fields that Kubernetes requires, and values that it knows. The types
 * are those that the npm package kubernetes-models generates from the description of the
 * API; unlike {@link ManifestSchema}, they accept unknown fields.
 */
@EnabledIf(value = "lectern.acceptance.NpmPackages#canBeInstalled", disabledReason = "There is no npm on the PATH")
@Timeout(300)
class ManifestValueTests {

	@TempDir
	private static Path folder;

	private static NpmPackages packages;

	@BeforeAll
	static void install() throws Exception {
		packages = NpmPackages.install(folder, "kubernetes", "validate.mjs");
	}

	@ParameterizedTest
	@EnumSource
	void objectsAreComplete(Rendering rendering) throws Exception {
		assertThat(faults(rendering.manifests().objects())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/spec/strategy, type, spec/strategy/type must be equal to one of the allowed values",
			"/spec/template/spec/containers/0/ports/1, protocol, "
					+ "ports/1/protocol must be equal to one of the allowed values",
			"/spec/template/spec/containers/0/livenessProbe, periodSeconds, "
					+ "livenessProbe/periodSeconds must be integer" })
	void valueThatKubernetesDoesNotKnowIsFound(String place, String field, String fault) throws Exception {
		JsonNode deployment = Rendering.CHART.manifests().named("Deployment", "gateway").deepCopy();
		((ObjectNode) deployment.at(place)).set(field, StringNode.valueOf("unknown"));
		assertThat(faults(List.of(deployment))).startsWith("Deployment gateway: ").contains(fault);
	}

	@Test
	void missingFieldIsFound() throws Exception {
		JsonNode deployment = Rendering.CHART.manifests().named("Deployment", "gateway").deepCopy();
		((ObjectNode) deployment.at("/spec")).remove("selector");
		assertThat(faults(List.of(deployment))).contains("spec must have required property selector");
	}

	private static String faults(List<JsonNode> objects) throws IOException, InterruptedException {
		Files.writeString(packages.file("objects.json"), objects.toString());
		return packages.run("node", "validate.mjs", "objects.json");
	}

}
