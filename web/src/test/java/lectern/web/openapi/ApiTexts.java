package lectern.web.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the document says and the code does not: texts, examples, and the contract of each
 * operation, from {@code openapi/*.yml} in the test resources.
 */
final class ApiTexts {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final ObjectNode root;

	private ApiTexts(ObjectNode root) {
		this.root = root;
	}

	/**
	 * Read the texts that all services share and those of one service; sections of one
	 * name are joined. The problems are those of the gateway's pages.
	 */
	static ApiTexts read(String service) {
		ObjectNode root = MAPPER.createObjectNode();
		for (String name : List.of("shared", service)) {
			URL resource = Objects.requireNonNull(ApiTexts.class.getResource("/openapi/" + name + ".yml"), name);
			parse(resource).properties().forEach((section) -> {
				if (section.getValue() instanceof ObjectNode entries) {
					root.withObject("/" + section.getKey()).setAll(entries);
				}
				else {
					root.set(section.getKey(), section.getValue());
				}
			});
		}
		try {
			URL pages = ApiDocument.root("gateway/src/main/resources/problems.yml").toUri().toURL();
			root.set("problems", parse(pages).get("lectern.problems"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new ApiTexts(root);
	}

	private static ObjectNode parse(URL resource) {
		try (InputStream content = resource.openStream()) {
			LoaderOptions options = new LoaderOptions();
			options.setAllowDuplicateKeys(false);
			Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(new DumperOptions()),
					new DumperOptions(), options, new WithoutTimestamps());
			return MAPPER.valueToTree(withTextKeys(yaml.load(content)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Object withTextKeys(Object node) {
		if (node instanceof Map<?, ?> map) {
			Map<String, Object> copy = new LinkedHashMap<>();
			map.forEach((key, value) -> copy.put(String.valueOf(key), withTextKeys(value)));
			return copy;
		}
		return (node instanceof List<?> list) ? list.stream().map(ApiTexts::withTextKeys).toList() : node;
	}

	/** Return a section; empty if it is absent. */
	ObjectNode section(String name) {
		return (this.root.get(name) instanceof ObjectNode section) ? section : MAPPER.createObjectNode();
	}

	/** Return an entry of a section, which must exist. */
	ObjectNode entry(String section, String name) {
		if (this.root.path(section).get(name) instanceof ObjectNode entry) {
			return entry;
		}
		throw new AssertionError("openapi/*.yml has no entry " + name + " in " + section);
	}

	/** Return the texts of a list; empty if it is absent. */
	List<String> list(String name) {
		return this.root.path(name).valueStream().map(JsonNode::stringValue).toList();
	}

	/** Return a text; null if it is absent. */
	@Nullable String text(String... path) {
		JsonNode node = this.root;
		for (String name : path) {
			node = node.path(name);
		}
		return node.isString() ? node.stringValue() : null;
	}

	/** An instant is a text in JSON. */
	private static final class WithoutTimestamps extends Resolver {

		@Override
		protected void addImplicitResolvers() {
			addImplicitResolver(Tag.BOOL, BOOL, "tf");
			addImplicitResolver(Tag.INT, INT, "-+0123456789");
			addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
			addImplicitResolver(Tag.NULL, NULL, "n\0");
		}

	}

}
