package lectern.web.openapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finds the example of a schema: that of its name, and of a page one with its item. */
record ExampleFinder(ApiComponents components, ApiTexts texts) {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/**
	 * Return the examples of a content.
	 * @param given the name of an example; empty for that of the schema
	 */
	ObjectNode find(String given, ObjectNode schema) {
		String reference = schema.path("$ref").asString(schema.path("x-itemSchema").path("$ref").asString(""));
		String name = given.isEmpty() ? reference.substring(reference.lastIndexOf('/') + 1) : given;
		ObjectNode examples = MAPPER.createObjectNode();
		examples.set(name, this.components.reference("examples", name, example(name)));
		return examples;
	}

	private ObjectNode example(String name) {
		ObjectNode example = MAPPER.createObjectNode();
		example.set("value", value(name));
		return example;
	}

	private JsonNode value(String name) {
		ObjectNode all = this.texts.section("examples");
		if (all.has(name)) {
			return all.get(name);
		}
		if (name.endsWith("Page")) {
			ObjectNode page = MAPPER.createObjectNode();
			page.putArray("items").add(value(name.substring(0, name.length() - "Page".length())));
			return page.put("next", "Zmx1ZW50LXB5dGhvbg");
		}
		throw new AssertionError("openapi/*.yml has no example " + name);
	}

}
