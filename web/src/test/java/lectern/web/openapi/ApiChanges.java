package lectern.web.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The changes between two OpenAPI documents that break a client of the earlier one. It
 * compares resolved schemas, so a change in a component counts wherever that is used, and
 * the name of a component does not matter.
 */
final class ApiChanges {

	private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");

	private final ObjectNode before;

	private final ObjectNode after;

	private final List<String> breaking = new ArrayList<>();

	private ApiChanges(ObjectNode before, ObjectNode after) {
		this.before = before;
		this.after = after;
	}

	/** Return a sentence for each breaking change; empty if there are none. */
	static List<String> breaking(ObjectNode before, ObjectNode after) {
		ApiChanges changes = new ApiChanges(before, after);
		before.get("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.stream()
				.filter((operation) -> VERBS.contains(operation.getKey()))
				.forEach((operation) -> changes.compareOperations(operation.getKey() + " " + path.getKey(),
						operation.getValue(), after.get("paths").path(path.getKey()).path(operation.getKey()))));
		return changes.breaking.stream().distinct().toList();
	}

	private void compareOperations(String where, JsonNode before, JsonNode after) {
		if (after.isMissingNode()) {
			report(where, "is removed");
			return;
		}
		compareParameters(where, parameters(this.before, before), parameters(this.after, after));
		compareContents(where + " request", resolve(this.before, before.path("requestBody")),
				resolve(this.after, after.path("requestBody")), ChangeDirection.REQUEST);
		before.get("responses")
			.properties()
			.stream()
			.filter((response) -> response.getKey().startsWith("2"))
			.forEach((response) -> compareResponses(where + " " + response.getKey(),
					resolve(this.before, response.getValue()),
					resolve(this.after, after.get("responses").path(response.getKey()))));
		compareSecurity(where, before.path("security"), after.path("security"));
	}

	private void compareParameters(String where, Map<String, JsonNode> before, Map<String, JsonNode> after) {
		before.forEach((name, parameter) -> {
			JsonNode changed = after.get(name);
			if (changed == null) {
				report(where, "does not take the parameter " + name + " any more");
			}
			else {
				requireSameDemand(where + " " + name, parameter, changed);
				compareSchemas(where + " " + name, parameter.path("schema"), changed.path("schema"),
						ChangeDirection.REQUEST);
			}
		});
		after.forEach((name, parameter) -> {
			if (!before.containsKey(name) && parameter.path("required").asBoolean(false)) {
				report(where, "requires the new parameter " + name);
			}
		});
	}

	private void requireSameDemand(String where, JsonNode before, JsonNode after) {
		if (after.path("required").asBoolean(false) && !before.path("required").asBoolean(false)) {
			report(where, "is now required");
		}
	}

	private void compareResponses(String where, JsonNode before, JsonNode after) {
		if (after.isMissingNode()) {
			report(where, "is not answered any more");
			return;
		}
		before.path("headers").properties().forEach((header) -> {
			JsonNode promised = resolve(this.before, header.getValue());
			JsonNode changed = resolve(this.after, after.path("headers").path(header.getKey()));
			if (changed.isMissingNode()) {
				report(where, "does not have the header " + header.getKey() + " any more");
			}
			else if (promised.path("required").asBoolean(false) && !changed.path("required").asBoolean(false)) {
				report(where, "does not always have the header " + header.getKey() + " any more");
			}
		});
		compareContents(where, before, after, ChangeDirection.RESPONSE);
	}

	private void compareContents(String where, JsonNode before, JsonNode after, ChangeDirection direction) {
		if (direction == ChangeDirection.REQUEST) {
			requireSameDemand(where, before, after);
		}
		before.path("content").properties().forEach((content) -> {
			JsonNode changed = after.path("content").path(content.getKey());
			if (changed.isMissingNode()) {
				report(where, "is not " + content.getKey() + " any more");
			}
			else {
				compareSchemas(where, content.getValue().path("schema"), changed.path("schema"), direction);
			}
		});
	}

	private void compareSchemas(String where, JsonNode before, JsonNode after, ChangeDirection direction) {
		this.breaking.addAll(new SchemaChanges(this.before, this.after, direction).breaking(where, before, after));
	}

	/** Each way to sign in that was enough must still be enough; none is the best. */
	private void compareSecurity(String where, JsonNode before, JsonNode after) {
		if (after.isEmpty()) {
			return;
		}
		if (before.isEmpty()) {
			report(where, "requires to sign in");
			return;
		}
		before.forEach((way) -> {
			if (after.valueStream().noneMatch(way::equals)) {
				report(where, "does not accept " + way + " any more");
			}
		});
	}

	private static Map<String, JsonNode> parameters(ObjectNode document, JsonNode operation) {
		Map<String, JsonNode> parameters = new TreeMap<>();
		operation.path("parameters").forEach((reference) -> {
			JsonNode parameter = resolve(document, reference);
			parameters.put(parameter.get("name").stringValue() + " in " + parameter.get("in").stringValue(), parameter);
		});
		return parameters;
	}

	/** Follow references. */
	static JsonNode resolve(ObjectNode document, JsonNode node) {
		JsonNode resolved = node;
		while (resolved.path("$ref").isString()) {
			resolved = document.at(resolved.get("$ref").stringValue().substring(1));
		}
		return resolved;
	}

	private void report(String where, String what) {
		this.breaking.add(where + " " + what);
	}

}
