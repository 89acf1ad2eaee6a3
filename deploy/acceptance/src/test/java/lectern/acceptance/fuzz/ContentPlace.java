package lectern.acceptance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value within a JSON content, with the schema that it has there.
 *
 * @param pointer its JSON pointer; empty for the whole content
 * @param schema its schema, with its reference resolved
 */
record ContentPlace(String pointer, JsonNode schema, JsonNode value) {

	/** Return all places of a content. */
	static List<ContentPlace> all(ObjectNode document, JsonNode schema, JsonNode value) {
		List<ContentPlace> places = new ArrayList<>();
		collect(document, "", schema, value, places);
		return places;
	}

	private static void collect(ObjectNode document, String pointer, JsonNode reference, JsonNode value,
			List<ContentPlace> places) {
		JsonNode schema = alternative(document, ApiOperation.resolve(document, reference), value);
		places.add(new ContentPlace(pointer, schema, value));
		if (value.isArray()) {
			for (int i = 0; i < value.size(); i++) {
				collect(document, pointer + "/" + i, schema.path("items"), value.get(i), places);
			}
		}
		else if (value.isObject()) {
			for (Map.Entry<String, JsonNode> member : value.properties()) {
				if (schema.path("properties").has(member.getKey())) {
					collect(document, pointer + "/" + member.getKey(), schema.get("properties").get(member.getKey()),
							member.getValue(), places);
				}
			}
		}
	}

	/** Of several alternatives the one that the member {@code type} names. */
	private static JsonNode alternative(ObjectNode document, JsonNode schema, JsonNode value) {
		return schema.path("oneOf")
			.valueStream()
			.map((each) -> ApiOperation.resolve(document, each))
			.filter((each) -> each.at("/properties/type/const").equals(value.path("type")))
			.findFirst()
			.orElse(schema);
	}

	/** Whether it has a type, so that another one is wrong. */
	boolean isTyped() {
		return this.schema.has("type") && !this.schema.has("const");
	}

	/** Return the names of its members without which it is not valid. */
	List<String> requiredMembers() {
		return this.schema.path("required").valueStream().map(JsonNode::stringValue).toList();
	}

	/** Return a value beyond what the schema allows; empty if it has no bounds. */
	Optional<JsonNode> outOfRange() {
		if (this.schema.has("enum") && !this.value.isNull()) {
			return Optional.of(text("no-such-value"));
		}
		if (this.value.isNumber() && this.schema.has("maximum")) {
			return Optional.of(number(this.schema.get("maximum").decimalValue().intValue() + 1));
		}
		if (this.value.isNumber() && this.schema.has("minimum")) {
			return Optional.of(number(this.schema.get("minimum").decimalValue().intValue() - 1));
		}
		if (this.value.isString() && this.schema.has("maxLength")) {
			return Optional.of(text("x".repeat(this.schema.get("maxLength").asInt() + 1)));
		}
		if (this.value.isString() && this.schema.path("minLength").asInt(0) > 0) {
			return Optional.of(text(""));
		}
		if (this.value.isString() && (this.schema.has("pattern") || this.schema.has("format"))) {
			return Optional.of(text("%%%"));
		}
		return Optional.empty();
	}

	private static JsonNode text(String text) {
		return JsonNodeFactory.instance.stringNode(text);
	}

	private static JsonNode number(int number) {
		return JsonNodeFactory.instance.numberNode(number);
	}

	/** Return a value of a type that the schema does not allow. */
	JsonNode ofWrongType() {
		boolean takesText = this.value.isString() || this.schema.has("enum")
				|| this.schema.path("type").valueStream().anyMatch((type) -> type.asString("").equals("string"));
		return takesText ? number(5) : text("five");
	}

}
