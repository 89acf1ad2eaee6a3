package lectern.acceptance.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import lectern.acceptance.Modules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each object has the fields of its type only, and the check of that finds what is wrong.
 */
class ManifestSchemaTests {

	/** Their members are names of our own. */
	private static final Set<String> MAPS = Set.of("labels", "annotations", "matchLabels", "data", "requests",
			"limits");

	private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.+?)```");

	@ParameterizedTest
	@EnumSource
	void objectsAreValid(Rendering rendering) {
		assertThat(rendering.manifests().objects()).hasSizeGreaterThan(15)
			.allSatisfy(
					(object) -> assertThatCode(() -> ManifestSchema.requireValid(object)).as(object.toPrettyString())
						.doesNotThrowAnyException());
	}

	@Test
	void unknownFieldIsRefusedAtEachDepth() {
		List<String> places = new ArrayList<>();
		for (JsonNode object : Rendering.CHART_IN_PRODUCTION.manifests().objects()) {
			JsonNode copy = object.deepCopy();
			collectRefusals(copy, copy, Manifests.kind(object), places);
		}
		assertThat(places).hasSizeGreaterThan(200)
			.contains("Deployment/spec/template/spec/containers/0/livenessProbe/httpGet",
					"NetworkPolicy/spec/egress/0/to/0/podSelector", "PodDisruptionBudget/spec",
					"PersistentVolumeClaim/spec/resources", "Service/spec/ports/0", "ConfigMap", "ServiceAccount");
	}

	/** Misspell a field of each object within an object, and expect it to be refused. */
	private static void collectRefusals(JsonNode whole, JsonNode part, String place, List<String> places) {
		if (part instanceof ObjectNode fields && !isMap(place)) {
			fields.put("misspelt", true);
			assertThatExceptionOfType(JacksonException.class).as(place)
				.isThrownBy(() -> ManifestSchema.requireValid(whole))
				.withMessageContaining("misspelt");
			fields.remove("misspelt");
			places.add(place);
			fields.properties()
				.forEach((member) -> collectRefusals(whole, member.getValue(), place + "/" + member.getKey(), places));
		}
		else if (part.isArray()) {
			for (int index = 0; index < part.size(); index++) {
				collectRefusals(whole, part.get(index), place + "/" + index, places);
			}
		}
	}

	private static boolean isMap(String place) {
		return MAPS.contains(place.substring(place.lastIndexOf('/') + 1)) || place.equals("Service/spec/selector");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			Deployment | /spec                                        | replicas               | "2"
			Deployment | /spec/template/spec                          | automountServiceAccountToken | "false"
			Deployment | /spec/template/spec                          | containers             | {}
			Deployment | /spec/template/spec/containers/0/env/0       | value                  | 8080
			Deployment | /spec/template/spec/containers/0/env/0       | value                  | true
			Deployment | /spec/template/spec/containers/0/ports/0     | containerPort          | "http"
			Deployment | /spec/template/spec/containers/0/securityContext | readOnlyRootFilesystem | 1
			Service    | /spec                                        | selector               | "gateway"
			NetworkPolicy | /spec                                     | policyTypes            | "Ingress"
			""")
	void valueOfOtherTypeIsRefused(String kind, String place, String field, String value) {
		JsonNode object = Rendering.CHART.manifests().ofKind(kind).findFirst().orElseThrow().deepCopy();
		ObjectNode fields = (ObjectNode) object.at(place);
		assertThat(fields.has(field) || kind.equals("Deployment")).isTrue();
		fields.set(field, Manifests.parse(value).objects().getFirst());
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> ManifestSchema.requireValid(object));
	}

	@Test
	void examplesInTheDocumentAreValid() throws IOException {
		String document = Files.readString(Modules.ROOT.resolve("docs/deployment.md"));
		assertThat(YAML.matcher(document).results().map((block) -> block.group(1))).hasSizeGreaterThan(1)
			.allSatisfy((block) -> Manifests.parse(block).objects().forEach(ManifestSchema::requireValid));
	}

	@Test
	void otherVersionOfTypeIsRefused() {
		JsonNode object = Rendering.CHART.manifests().ofKind("PodDisruptionBudget").findFirst().orElseThrow();
		ObjectNode copy = object.deepCopy().asObject();
		copy.put("apiVersion", "policy/v1beta1");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> ManifestSchema.requireValid(copy))
			.withMessage("There is no type policy/v1beta1 PodDisruptionBudget");
	}

	@Test
	void keyThatOccursTwiceIsRefused() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> Manifests.parse("spec:\n  replicas: 1\n  replicas: 2\n"))
			.withMessageContaining("duplicate key replicas");
	}

}
