package lectern.acceptance.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import lectern.web.openapi.ApiDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation of the OpenAPI document.
 *
 * @param id its {@code operationId}
 * @param path the template of its path
 * @param contents the schema of the content by media type; empty if it takes none
 * @param isPublic whether it needs no token
 * @param statuses the statuses that are declared
 */
public record ApiOperation(String id, String method, String path, List<ApiParameter> parameters,
		Map<String, JsonNode> contents, boolean isPublic, Set<String> statuses) {

	/** Return all operations of the document that is checked in. */
	public static List<ApiOperation> all() {
		ObjectNode document = ApiDocument.checkedIn().root();
		List<ApiOperation> all = new ArrayList<>();
		document.get("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.forEach((operation) -> all
					.add(read(document, path.getKey(), operation.getKey(), operation.getValue()))));
		return all;
	}

	private static ApiOperation read(ObjectNode document, String path, String verb, JsonNode operation) {
		List<ApiParameter> parameters = operation.path("parameters")
			.valueStream()
			.map((parameter) -> resolve(document, parameter))
			.map((parameter) -> new ApiParameter(parameter.get("name").stringValue(), parameter.get("in").stringValue(),
					parameter.get("schema")))
			.toList();
		Map<String, JsonNode> contents = new LinkedHashMap<>();
		operation.at("/requestBody/content")
			.properties()
			.forEach((content) -> contents.put(content.getKey(), content.getValue().get("schema")));
		return new ApiOperation(operation.get("operationId").stringValue(), verb.toUpperCase(Locale.ROOT), path,
				parameters, contents, operation.get("security").isEmpty(),
				Set.copyOf(operation.get("responses").propertyNames()));
	}

	/** Return what a reference leads to, or the node itself. */
	static JsonNode resolve(ObjectNode document, JsonNode node) {
		return node.has("$ref") ? resolve(document, document.at(node.get("$ref").stringValue().substring(1))) : node;
	}

	boolean takesJson() {
		return this.contents.keySet().stream().anyMatch((type) -> type.endsWith("json") && !type.contains("ndjson"));
	}

	boolean takesQuery(String name) {
		return this.parameters.stream()
			.anyMatch((parameter) -> parameter.isIn("query") && parameter.name().equals(name));
	}

	boolean takesHeader(String name) {
		return this.parameters.stream()
			.anyMatch((parameter) -> parameter.isIn("header") && parameter.name().equals(name));
	}

	/** Return whether a status is declared for this operation itself. */
	public boolean declares(int status) {
		return this.statuses.contains(Integer.toString(status));
	}

	/** Return the other methods that its path has. */
	static Map<String, Set<String>> methodsByPath(List<ApiOperation> operations) {
		return operations.stream()
			.collect(Collectors.groupingBy(ApiOperation::path,
					Collectors.mapping(ApiOperation::method, Collectors.toSet())));
	}

}
