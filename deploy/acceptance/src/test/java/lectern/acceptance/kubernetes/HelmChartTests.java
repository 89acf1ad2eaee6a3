package lectern.acceptance.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The chart is valid, says the same as the files of Kustomize, and refuses mistakes. */
class HelmChartTests {

	/** What Helm or Kustomize add. */
	private static final Set<String> OF_TOOLS = Set.of("helm.sh/chart", "app.kubernetes.io/managed-by");

	/** A value for each path that the chart knows, other than the default. */
	private static final Map<String, String> OTHER_VALUES = Map.ofEntries(
			Map.entry("image.registry", "registry.example.org/"), Map.entry("image.tag", "1.2.3"),
			Map.entry("imagePullSecrets[0]", "registry"), Map.entry("resources.requests.cpu", "3"),
			Map.entry("resources.requests.memory", "3Gi"), Map.entry("resources.limits.cpu", "3"),
			Map.entry("resources.limits.memory", "3Gi"), Map.entry("databaseAuthority", "authority"),
			Map.entry("startupProbe.failureThreshold", "9000"), Map.entry("monitoringNamespace", "elsewhere"),
			Map.entry("catalogService.replicas", "3"), Map.entry("catalogService.secret", "other"),
			Map.entry("catalogService.settings.LECTERN_DATABASE_USER", "other"),
			Map.entry("progressService.replicas", "0"), Map.entry("progressService.secret", "other"),
			Map.entry("progressService.settings.LECTERN_DATABASE_USER", "other"),
			Map.entry("progressService.erasures.accessMode", "ReadWriteMany"),
			Map.entry("progressService.erasures.size", "1Gi"),
			Map.entry("progressService.erasures.storageClass", "fast"), Map.entry("gateway.replicas", "3"),
			Map.entry("gateway.settings.LECTERN_PROXIES_TRUSTED", "10.0.0.0/8"),
			Map.entry("gateway.service.type", "LoadBalancer"), Map.entry("gateway.service.annotations.key", "value"));

	@Test
	void chartHasNoFault() {
		assertThat(HelmChart.lint()).satisfies((result) -> {
			assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
			assertThat(result.getMessages()).noneMatch((message) -> message.startsWith("[WARNING]"));
		});
	}

	@Test
	void chartHasTheVersionOfItsImages() throws IOException {
		JsonNode chart = Manifests.parse(Files.readString(HelmChart.FOLDER.resolve("Chart.yaml"))).objects().getFirst();
		assertThat(chart.at("/version").asString()).isEqualTo(chart.at("/appVersion").asString());
	}

	@ParameterizedTest
	@CsvSource({ "CHART, BASE", "CHART_IN_PRODUCTION, PRODUCTION" })
	void chartGivesTheSameObjectsAsKustomize(Rendering chart, Rendering kustomize) {
		Map<String, JsonNode> expected = comparable(kustomize.manifests());
		expected.remove("Namespace lectern");
		Map<String, JsonNode> objects = comparable(chart.manifests());
		assertThat(objects.keySet()).isEqualTo(expected.keySet());
		objects.forEach((name, object) -> assertThat(object.toPrettyString()).as(name)
			.isEqualTo(expected.get(name).toPrettyString()));
	}

	@Test
	void eachValueIsUsed() throws IOException {
		JsonNode values = Manifests.parse(Files.readString(HelmChart.FOLDER.resolve("values.yaml")))
			.objects()
			.getFirst();
		assertThat(OTHER_VALUES.keySet())
			.allSatisfy((path) -> assertThat(defaultOf(values, path)).as(path).isNotEqualTo(OTHER_VALUES.get(path)));
		assertThat(leaves(values, ""))
			.allSatisfy((leaf) -> assertThat(OTHER_VALUES.keySet()).anyMatch((path) -> path.startsWith(leaf)));
		Map<String, JsonNode> unchanged = HelmChart.render().byName();
		OTHER_VALUES.forEach((path, value) -> {
			Map<String, JsonNode> changed = HelmChart.render(Map.of(path, value)).byName();
			assertThat(changed.keySet()).as(path).isEqualTo(unchanged.keySet());
			assertThat(changed).as(path).isNotEqualTo(unchanged);
			assertThat(changed.toString()).as(path).contains(value);
			changed.values().forEach(ManifestSchema::requireValid);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "gatway.replicas=2", "gateway.replica=2", "gateway.replicas=two", "image.registry=host",
			"progressService.erasures.accessMode=ReadOnlyMany", "gateway.settings.lectern=1",
			"gateway.settings.LECTERN_STREAMS_MAXCONNECTIONS=100", "resources.request.cpu=1", "catalogService.secret=",
			"gateway.service.type=ExternalName", "startupProbe.failureThreshold=0", "startupProbe.periodSeconds=5" })
	void mistakenValueIsRefused(String assignment) {
		String[] parts = assignment.split("=", 2);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> HelmChart.render(Map.of(parts[0], parts[1])))
			.withMessageContaining("values don't meet the specifications of the schema");
	}

	@Test
	void podsOnSeveralNodesNeedASharedVolume() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> HelmChart.render(Map.of("progressService.replicas", "2")))
			.withMessageContaining("more than one needs progressService.erasures.accessMode: ReadWriteMany");
	}

	@Test
	void changedSettingReplacesThePodsThatReadIt() {
		Map<String, JsonNode> unchanged = HelmChart.render().byName();
		Map<String, JsonNode> changed = HelmChart
			.render(Map.of("gateway.settings.LECTERN_PROXIES_TRUSTED", "10.0.0.0/8"))
			.byName();
		String template = "/spec/template";
		assertThat(changed.get("Deployment gateway").at(template))
			.isNotEqualTo(unchanged.get("Deployment gateway").at(template));
		assertThat(changed.get("Deployment catalog-service")).isEqualTo(unchanged.get("Deployment catalog-service"));
	}

	/** Objects without what the tools add, and with lists in an order of their own. */
	private static Map<String, JsonNode> comparable(Manifests manifests) {
		Map<String, JsonNode> comparable = new TreeMap<>();
		manifests.objects().forEach((object) -> {
			JsonNode copy = sorted(Manifests.parse(object.toString().replaceAll("(-settings)-[a-z0-9]{10}\"", "$1\""))
				.objects()
				.getFirst());
			ObjectNode metadata = (ObjectNode) copy.at("/metadata");
			metadata.remove(List.of("namespace", "annotations"));
			if (metadata.get("labels") instanceof ObjectNode labels) {
				labels.remove(OF_TOOLS);
			}
			if (copy.at("/spec/template/metadata") instanceof ObjectNode pods) {
				pods.remove("annotations");
			}
			comparable.put(Manifests.kind(copy) + " " + Manifests.name(copy), copy);
		});
		return comparable;
	}

	/** Sort members, and lists of members with names. */
	private static JsonNode sorted(JsonNode node) {
		if (node instanceof ObjectNode object) {
			Map<String, JsonNode> members = new TreeMap<>();
			object.properties().forEach((member) -> members.put(member.getKey(), sorted(member.getValue())));
			return object.removeAll().setAll(members);
		}
		if (node instanceof ArrayNode array) {
			List<JsonNode> elements = new ArrayList<>();
			array.forEach((element) -> elements.add(sorted(element)));
			if (elements.stream().allMatch((element) -> element.has("name"))) {
				elements.sort((one, other) -> one.get("name").asString().compareTo(other.get("name").asString()));
			}
			return array.removeAll().addAll(elements);
		}
		return node;
	}

	private static List<String> leaves(JsonNode values, String path) {
		List<String> leaves = new ArrayList<>();
		values.properties().forEach((member) -> {
			String here = path + member.getKey();
			if (member.getKey().equals("settings") || !member.getValue().isObject() || member.getValue().isEmpty()) {
				leaves.add(here);
			}
			else {
				leaves.addAll(leaves(member.getValue(), here + "."));
			}
		});
		return leaves;
	}

	private static String defaultOf(JsonNode values, String path) {
		return values.at("/" + path.replace('.', '/').replace("[", "/").replace("]", "")).asString("");
	}

}
