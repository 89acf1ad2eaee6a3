package lectern.web.openapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The problems of an operation by status: those that it names, and those that follow from
 * its other concerns. Any other problem is that of the HTTP server or of a fault.
 */
record ProblemCustomizer(ApiComponents components, ApiTexts texts) implements OperationCustomizer {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** The problems that any request can have. */
	private static final List<String> OF_ANY_REQUEST = List.of("headers-too-large", "http-version-not-supported",
			"internal", "method-not-allowed", "uri-too-long");

	@Override
	public void customize(DescribedOperation described, ObjectNode operation) {
		Map<Integer, Set<String>> byStatus = new TreeMap<>();
		for (String name : names(described)) {
			int status = this.texts.entry("problems", name).get("status").intValue();
			byStatus.computeIfAbsent(status, (_) -> new LinkedHashSet<>()).add(name);
		}
		ObjectNode responses = (ObjectNode) operation.get("responses");
		byStatus
			.forEach((status, names) -> responses.set(String.valueOf(status), response(status, List.copyOf(names))));
		responses.set("default", this.components.reference("responses", "AnyProblem", anyProblem()));
	}

	private static Set<String> names(DescribedOperation described) {
		Set<String> names = new LinkedHashSet<>(List.of("malformed", "invalid-parameter"));
		if (!described.isPublic()) {
			names.addAll(List.of("unauthenticated", "forbidden"));
			if (!described.is("without-key")) {
				// Wrong keys are counted like wrong passwords.
				names.add("too-many-attempts");
			}
			if (described.isUnsafe()) {
				names.add("cross-origin");
			}
			if (described.is("without-key")) {
				names.add("key-not-allowed");
			}
		}
		if (described.path().contains("{")) {
			names.add("not-found");
		}
		if (described.hasBody()) {
			names.addAll(List.of("stalled", "too-large", "unsupported-media-type", "invalid"));
		}
		if (described.is("idempotent")) {
			names.add("idempotency-key-reused");
		}
		if (described.description().has("precondition")) {
			names.add("precondition-failed");
			if (!described.text("precondition").equals("optional")) {
				names.add("precondition-required");
			}
		}
		if (described.description().has("stream")) {
			names.add("too-many-streams");
		}
		names.addAll(List.of("not-acceptable", "too-many-requests", "unavailable", "upstream-timeout"));
		names.addAll(described.texts("problems"));
		names.removeAll(described.texts("never"));
		return names;
	}

	private ObjectNode response(int status, List<String> names) {
		List<String> sorted = new ArrayList<>(names);
		sorted.sort(null);
		return this.components.reference("responses", String.join("-or-", sorted), write(status, sorted));
	}

	/** A client must expect further types here. */
	private ObjectNode anyProblem() {
		ObjectNode response = write(0, OF_ANY_REQUEST);
		response.put("description", "Any other problem, such as those of the HTTP server.");
		ObjectNode schema = MAPPER.createObjectNode().put("title", "AnyProblem");
		ArrayNode alternatives = schema.putArray("anyOf");
		OF_ANY_REQUEST.forEach((name) -> alternatives.add(schema(name)));
		alternatives.add(this.components.schema("Problem"));
		((ObjectNode) response.at("/content/application~1problem+json")).set("schema", schema);
		return response;
	}

	private ObjectNode write(int status, List<String> names) {
		ObjectNode response = MAPPER.createObjectNode();
		response.put("description", String.join(" ",
				names.stream().map((name) -> this.texts.text("problems", name, "title") + ".").toList()));
		ObjectNode headers = response.putObject("headers");
		headers.set("X-Request-Id", this.components.described("headers", "X-Request-Id"));
		switch (status) {
			case 401 -> headers.set("WWW-Authenticate", this.components.described("headers", "WWW-Authenticate"));
			case 415 -> headers.set("Accept-Encoding", this.components.described("headers", "Accept-Encoding"));
			case 412, 428 -> headers.set("ETag", this.components.described("headers", "CurrentETag"));
			case 429, 503, 504 -> headers.set("Retry-After", this.components.described("headers", "Retry-After"));
			default -> {
			}
		}
		names.forEach((name) -> this.texts.section("problem-headers")
			.path(name)
			.forEach((header) -> headers.set(header.stringValue(),
					this.components.described("headers", header.stringValue()))));
		ObjectNode content = response.putObject("content").putObject("application/problem+json");
		List<ObjectNode> schemas = names.stream().map(this::schema).toList();
		if (schemas.size() == 1) {
			content.set("schema", schemas.getFirst());
		}
		else {
			// Generators name the type of the problems by the title.
			ObjectNode schema = content.putObject("schema").put("title", schemaName(String.join("-or-", names)));
			ArrayNode alternatives = schema.putArray("oneOf");
			schemas.forEach(alternatives::add);
			ObjectNode mapping = schema.putObject("discriminator").put("propertyName", "type").putObject("mapping");
			names.forEach((name) -> mapping.put("/problems/" + name, "#/components/schemas/" + schemaName(name)));
		}
		ObjectNode examples = content.putObject("examples");
		names.forEach(
				(name) -> examples.set(name, this.components.reference("examples", "problem-" + name, example(name))));
		return response;
	}

	private ObjectNode schema(String name) {
		ObjectNode problem = this.texts.entry("problems", name);
		ObjectNode schema = MAPPER.createObjectNode();
		schema.put("description", problem.get("happened").stringValue() + " " + problem.get("remedy").stringValue());
		ArrayNode parts = schema.putArray("allOf");
		parts.addObject().put("$ref", "#/components/schemas/Problem");
		ObjectNode own = parts.addObject();
		ObjectNode properties = own.putObject("properties");
		properties.putObject("type").put("type", "string").put("const", "/problems/" + name);
		properties.putObject("status").put("type", "integer").put("const", problem.get("status").intValue());
		this.texts.section("problem-members")
			.path(name)
			.properties()
			.forEach((member) -> properties.set(member.getKey(), member.getValue()));
		return this.components.reference("schemas", schemaName(name), schema);
	}

	private ObjectNode example(String name) {
		ObjectNode problem = this.texts.entry("problems", name);
		ObjectNode example = MAPPER.createObjectNode();
		example.put("summary", problem.get("title").stringValue());
		ObjectNode value = example.putObject("value");
		value.put("type", "/problems/" + name)
			.put("title", problem.get("title").stringValue())
			.put("status", problem.get("status").intValue());
		value.set("detail", this.texts.entry("problem-examples", name).get("detail"));
		value.put("instance", "/api/v1/books").put("requestId", "01981f5c-8e0b-7b6a-9f6e-3a1c4e8d2b70");
		this.texts.entry("problem-examples", name)
			.properties()
			.stream()
			.filter((member) -> !member.getKey().equals("detail"))
			.forEach((member) -> value.set(member.getKey(), member.getValue()));
		return example;
	}

	private static String schemaName(String problem) {
		StringBuilder name = new StringBuilder();
		for (String word : problem.split("-")) {
			name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
		}
		return name.append("Problem").toString();
	}

}
