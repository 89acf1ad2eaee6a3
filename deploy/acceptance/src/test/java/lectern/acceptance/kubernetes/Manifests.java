package lectern.acceptance.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Objects of Kubernetes.
 *
 * @param objects in the order of their text
 */
record Manifests(List<JsonNode> objects) {

	private static final JsonMapper MAPPER = new JsonMapper();

	/** Read YAML of several documents, in which no key may occur twice. */
	static Manifests parse(String yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		List<JsonNode> objects = new ArrayList<>();
		for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
			if (document != null) {
				objects.add(MAPPER.valueToTree(document));
			}
		}
		return new Manifests(List.copyOf(objects));
	}

	Stream<JsonNode> ofKind(String kind) {
		return this.objects.stream().filter((object) -> kind(object).equals(kind));
	}

	JsonNode named(String kind, String name) {
		return ofKind(kind).filter((object) -> name(object).equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no " + kind + " " + name));
	}

	/** Objects by kind and name. */
	Map<String, JsonNode> byName() {
		Map<String, JsonNode> byName = new TreeMap<>();
		this.objects.forEach((object) -> byName.put(kind(object) + " " + name(object), object));
		return byName;
	}

	static String kind(JsonNode object) {
		return object.at("/kind").asString();
	}

	static String name(JsonNode object) {
		return object.at("/metadata/name").asString();
	}

	/** The only container of a Deployment. */
	static JsonNode container(JsonNode deployment) {
		JsonNode containers = podSpec(deployment).at("/containers");
		if (containers.size() != 1) {
			throw new AssertionError(name(deployment) + " has " + containers.size() + " containers");
		}
		return containers.get(0);
	}

	static JsonNode podSpec(JsonNode deployment) {
		return deployment.at("/spec/template/spec");
	}

	/** The labels of the pods of a Deployment. */
	static Map<String, String> podLabels(JsonNode deployment) {
		return texts(deployment.at("/spec/template/metadata/labels"));
	}

	/** An object whose members are texts. */
	static Map<String, String> texts(JsonNode object) {
		Map<String, String> texts = new TreeMap<>();
		object.properties().forEach((member) -> texts.put(member.getKey(), member.getValue().asString()));
		return texts;
	}

}
