package lectern.web.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of the OpenAPI document that describes one service: its controllers say which
 * operations there are, and of which types; its description says the rest.
 *
 * @param basePackage the package of the service
 * @param name the name of its description, {@code openapi/NAME.yml} in its test resources
 */
public record ServiceApi(String basePackage, String name) {

	/**
	 * Check that the document that is checked in describes this service, or write it anew
	 * if the system property {@value ApiDocument#WRITE} is set.
	 */
	public void assertDocumented() {
		ApiDocument present = ApiDocument.checkedIn();
		ApiDocument expected = present.with(write());
		if (Boolean.getBoolean(ApiDocument.WRITE)) {
			expected.write(ApiDocument.file("openapi.json"));
			AsyncApiDocument.of(expected.root()).write(ApiDocument.file("asyncapi.json"));
		}
		else {
			assertThat(firstDifference(present.toText(), expected.toText()))
				.as("docs/openapi.json is not up to date; docs/development.md says how it is written")
				.isEmpty();
		}
	}

	/** Return the first lines that differ; empty if there are none. */
	private static String firstDifference(String present, String expected) {
		List<String> presentLines = present.lines().toList();
		List<String> expectedLines = expected.lines().toList();
		int common = 0;
		while (common < Math.min(presentLines.size(), expectedLines.size())
				&& presentLines.get(common).equals(expectedLines.get(common))) {
			common++;
		}
		return present.equals(expected) ? "" : "line %d has%n%s%nin place of%n%s".formatted(common + 1,
				excerpt(presentLines, common), excerpt(expectedLines, common));
	}

	private static String excerpt(List<String> lines, int start) {
		return String.join("\n", lines.subList(start, Math.min(lines.size(), start + 5)));
	}

	/** Return the calls of this service in the document that is checked in. */
	public Set<String> documentedCalls() {
		return ApiDocument.checkedIn().calls(ApiTexts.read(this.name).section("tags").propertyNames());
	}

	private ObjectNode write() {
		Map<String, List<MappedHandler>> handlers = MappedHandler.scan(this.basePackage);
		ApiTexts texts = ApiTexts.read(this.name);
		ObjectNode document = JsonMapper.shared().createObjectNode();
		document.setAll(texts.section("document"));
		document.withArray("/tags").addAll(tags(texts));
		ObjectNode paths = document.putObject("paths");
		ObjectNode components = document.putObject("components");
		components.set("securitySchemes", texts.section("securitySchemes"));
		ApiComponents shared = new ApiComponents(components, texts);
		generate(shared, texts);
		List<OperationCustomizer> customizers = customizers(shared, texts);
		for (DescribedOperation operation : operations(texts, handlers)) {
			ObjectNode path = paths.withObject("/" + operation.path().replace("~", "~0").replace("/", "~1"));
			ObjectNode written = path.putObject(operation.verb());
			written.putArray("tags").add(operation.text("tag"));
			written.put("operationId", operation.id());
			if (operation.isDeprecated()) {
				written.put("deprecated", true);
			}
			written.put("summary", operation.text("summary"));
			written.put("description", operation.text("description"));
			customizers.forEach((customizer) -> customizer.customize(operation, written));
			if (written.path("parameters").isEmpty()) {
				written.remove("parameters");
			}
		}
		return document;
	}

	/** Add the schemas of types that no controller names, and what is made of them. */
	private void generate(ApiComponents components, ApiTexts texts) {
		components.schema("Problem");
		ApiTypes types = new ApiTypes(this.basePackage);
		SchemaReader requests = new SchemaReader(texts, components.schemas(), true);
		SchemaReader responses = new SchemaReader(texts, components.schemas(), false);
		texts.list("request-types").forEach((type) -> requests.read(types.find(type)));
		texts.list("response-types").forEach((type) -> responses.read(types.find(type)));
		texts.section("combined-schemas")
			.properties()
			.forEach((entry) -> components.combine(entry.getKey(), (ObjectNode) entry.getValue()));
		components.schemasUsedIn(texts.section("member-schemas"));
	}

	private static List<ObjectNode> tags(ApiTexts texts) {
		return texts.section("tags").properties().stream().map((tag) -> {
			ObjectNode written = JsonMapper.shared().createObjectNode().put("name", tag.getKey());
			return written.put("description", tag.getValue().stringValue());
		}).toList();
	}

	/** Every operation is described, and every description is that of an operation. */
	private static List<DescribedOperation> operations(ApiTexts texts, Map<String, List<MappedHandler>> handlers) {
		Map<String, DescribedOperation> byCall = new TreeMap<>();
		for (Map.Entry<String, JsonNode> entry : texts.section("operations").properties()) {
			ObjectNode description = (ObjectNode) entry.getValue();
			String call = description.path("call").asString("");
			byCall.put(call,
					new DescribedOperation(entry.getKey(), handlers.getOrDefault(call, List.of()), description));
		}
		Set<String> described = new TreeSet<>(byCall.keySet());
		assertThat(described).as("operations in openapi/*.yml").isEqualTo(new TreeSet<>(handlers.keySet()));
		return new ArrayList<>(byCall.values());
	}

	private List<OperationCustomizer> customizers(ApiComponents components, ApiTexts texts) {
		ApiTypes types = new ApiTypes(this.basePackage);
		ExampleFinder examples = new ExampleFinder(components, texts);
		SchemaReader requests = new SchemaReader(texts, components.schemas(), true);
		SchemaReader responses = new SchemaReader(texts, components.schemas(), false);
		return List.of(new SecurityCustomizer(), new ParameterCustomizer(components),
				new PreconditionCustomizer(components),
				new RequestBodyCustomizer(components, types, examples, requests),
				new AnswerCustomizer(components, types, examples, responses), new IdempotencyCustomizer(components),
				new ProblemCustomizer(components, texts));
	}

}
