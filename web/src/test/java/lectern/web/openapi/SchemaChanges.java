package lectern.web.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static java.util.Objects.requireNonNull;

/** The breaking changes between two schemas, in one direction. */
final class SchemaChanges {

	/** Constraints whose higher value accepts more. */
	private static final Set<String> UPPER_BOUNDS = Set.of("maxLength", "maxItems", "maximum", "maxProperties");

	private static final Set<String> LOWER_BOUNDS = Set.of("minLength", "minItems", "minimum", "minProperties");

	private static final Set<String> TEXTS = Set.of("pattern", "format", "contentMediaType");

	private final ObjectNode beforeDocument;

	private final ObjectNode afterDocument;

	private final ChangeDirection direction;

	private final List<String> breaking = new ArrayList<>();

	private final Set<List<JsonNode>> compared = new HashSet<>();

	SchemaChanges(ObjectNode beforeDocument, ObjectNode afterDocument, ChangeDirection direction) {
		this.beforeDocument = beforeDocument;
		this.afterDocument = afterDocument;
		this.direction = direction;
	}

	List<String> breaking(String where, JsonNode before, JsonNode after) {
		compare(where, before, after);
		return this.breaking;
	}

	private void compare(String where, JsonNode beforeSchema, JsonNode afterSchema) {
		JsonNode before = flatten(this.beforeDocument, beforeSchema);
		JsonNode after = flatten(this.afterDocument, afterSchema);
		if (before.equals(after) && !before.toString().contains("$ref") || !this.compared.add(List.of(before, after))) {
			return;
		}
		compareTypes(where, before, after);
		compareValues(where, before, after);
		compareConstraints(where, before, after);
		compareMembers(where, before, after);
		for (String part : List.of("items", "x-itemSchema", "additionalProperties")) {
			comparePart(where + "/" + part, before.path(part), after.path(part));
		}
		before.path("x-controlEvents")
			.properties()
			.forEach((event) -> comparePart(where + "/" + event.getKey(), event.getValue(),
					after.path("x-controlEvents").path(event.getKey())));
		compareAlternatives(where, "oneOf", before, after);
		compareAlternatives(where, "anyOf", before, after);
	}

	/** A request must still take every type, and a response must have no other. */
	private void compareTypes(String where, JsonNode before, JsonNode after) {
		Set<String> earlier = types(before);
		Set<String> later = types(after);
		boolean compatible = isRequest() ? later.isEmpty() || (!earlier.isEmpty() && later.containsAll(earlier))
				: earlier.isEmpty() || (!later.isEmpty() && earlier.containsAll(later));
		if (!compatible) {
			report(where, "changes its type from " + earlier + " to " + later);
		}
	}

	private static Set<String> types(JsonNode schema) {
		Set<String> types = new LinkedHashSet<>();
		JsonNode type = schema.path("type");
		if (type.isString()) {
			types.add(type.stringValue());
		}
		type.forEach((one) -> types.add(one.stringValue()));
		JsonNode constant = schema.path("const");
		if (types.isEmpty() && constant.isString()) {
			types.add("string");
		}
		if (types.contains("number")) {
			types.add("integer");
		}
		return types;
	}

	private void compareValues(String where, JsonNode before, JsonNode after) {
		Set<JsonNode> earlier = values(before);
		Set<JsonNode> later = values(after);
		boolean compatible = isRequest() ? later.isEmpty() || (!earlier.isEmpty() && later.containsAll(earlier))
				: earlier.isEmpty() || (!later.isEmpty() && earlier.containsAll(later));
		if (!compatible) {
			report(where, "changes its values from " + earlier + " to " + later);
		}
	}

	/** The values of a closed enumeration; empty if there is none. */
	private static Set<JsonNode> values(JsonNode schema) {
		Set<JsonNode> values = new LinkedHashSet<>();
		schema.path("enum").forEach(values::add);
		if (schema.has("const")) {
			values.add(schema.get("const"));
		}
		return values;
	}

	private void compareConstraints(String where, JsonNode before, JsonNode after) {
		JsonNode wide = isRequest() ? after : before;
		JsonNode narrow = isRequest() ? before : after;
		UPPER_BOUNDS.stream()
			.filter((bound) -> wide.has(bound)
					&& (!narrow.has(bound) || narrow.get(bound).asDouble() > wide.get(bound).asDouble()))
			.forEach((bound) -> report(where, "changes its " + bound));
		LOWER_BOUNDS.stream()
			.filter((bound) -> wide.has(bound)
					&& (!narrow.has(bound) || narrow.get(bound).asDouble() < wide.get(bound).asDouble()))
			.forEach((bound) -> report(where, "changes its " + bound));
		TEXTS.stream()
			.filter((name) -> wide.has(name) && !wide.get(name).equals(narrow.path(name)))
			.forEach((name) -> report(where, "changes its " + name));
		if (wide.path("uniqueItems").asBoolean(false) && !narrow.path("uniqueItems").asBoolean(false)) {
			report(where, "changes its uniqueItems");
		}
	}

	private void compareMembers(String where, JsonNode before, JsonNode after) {
		before.path("properties").properties().forEach((member) -> {
			String name = where + "/" + member.getKey();
			JsonNode changed = after.path("properties").path(member.getKey());
			if (changed.isMissingNode()) {
				report(name, "is removed");
			}
			else {
				compare(name, member.getValue(), changed);
			}
		});
		Set<JsonNode> demanded = new LinkedHashSet<>();
		(isRequest() ? after : before).path("required").forEach(demanded::add);
		(isRequest() ? before : after).path("required").forEach(demanded::remove);
		demanded.forEach((name) -> report(where + "/" + name.stringValue(),
				isRequest() ? "is now required" : "is not always there any more"));
		if (isRequest() && isClosed(after) && !isClosed(before)) {
			report(where, "takes no other members any more");
		}
	}

	private static boolean isClosed(JsonNode schema) {
		return schema.path("additionalProperties").isBoolean() && !schema.get("additionalProperties").booleanValue();
	}

	private void comparePart(String where, JsonNode before, JsonNode after) {
		if (!before.isObject()) {
			if (isRequest() && after.isObject()) {
				report(where, "is now limited");
			}
			return;
		}
		if (after.isObject()) {
			compare(where, before, after);
		}
		else if (!isRequest()) {
			report(where, "is not described any more");
		}
	}

	/** Further alternatives are allowed: clients ignore types that they do not know. */
	private void compareAlternatives(String where, String keyword, JsonNode before, JsonNode after) {
		Map<String, JsonNode> later = alternatives(this.afterDocument, after.path(keyword));
		if (isRequest() && before.path(keyword).isMissingNode() && !later.isEmpty()) {
			report(where, "has alternatives now");
		}
		alternatives(this.beforeDocument, before.path(keyword)).forEach((name, alternative) -> {
			if (later.containsKey(name)) {
				compare(where + "(" + name + ")", alternative, requireNonNull(later.get(name)));
			}
			else {
				report(where, "does not have the alternative " + name + " any more");
			}
		});
	}

	/** An alternative is known by its type, or else by its place or its members. */
	private static Map<String, JsonNode> alternatives(ObjectNode document, JsonNode list) {
		Map<String, JsonNode> alternatives = new LinkedHashMap<>();
		list.forEach((alternative) -> {
			JsonNode flat = flatten(document, alternative);
			JsonNode type = flat.path("properties").path("type");
			String name = type.path("const").asString(type.path("enum").path(0).asString(""));
			alternatives.put(name.isEmpty() ? fallbackName(flat, alternatives.size()) : name, alternative);
		});
		return alternatives;
	}

	private static String fallbackName(JsonNode flat, int place) {
		return flat.has("required") ? "with " + flat.get("required") : "number " + place;
	}

	/** Resolve a reference, and join the parts of an intersection. */
	private static JsonNode flatten(ObjectNode document, JsonNode schema) {
		JsonNode resolved = ApiChanges.resolve(document, schema);
		if (!resolved.path("allOf").isArray()) {
			return resolved;
		}
		ObjectNode joined = JsonMapper.shared().createObjectNode();
		resolved.get("allOf").forEach((part) -> {
			ObjectNode flat = flatten(document, part).deepCopy().asObject();
			JsonNode properties = flat.remove("properties");
			JsonNode required = flat.remove("required");
			joined.setAll(flat);
			if (properties != null) {
				properties.properties()
					.forEach((member) -> joined.withObject("/properties").set(member.getKey(), member.getValue()));
			}
			if (required != null) {
				required.forEach(joined.withArray("/required")::add);
			}
		});
		return joined;
	}

	private boolean isRequest() {
		return this.direction == ChangeDirection.REQUEST;
	}

	private void report(String where, String what) {
		this.breaking.add(where + " " + what);
	}

}
