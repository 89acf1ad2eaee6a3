package lectern.web.openapi;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The components of a document, to which customizers add what they refer to. */
final class ApiComponents {

	private final ObjectNode root;

	private final ApiTexts texts;

	ApiComponents(ObjectNode root, ApiTexts texts) {
		this.root = root;
		this.texts = texts;
	}

	ObjectNode schemas() {
		return this.root.withObject("/schemas");
	}

	/** Whether there is a component. */
	boolean has(String kind, String name) {
		return this.root.path(kind).has(name);
	}

	/** Add a component, unless it is there. */
	ObjectNode reference(String kind, String name, ObjectNode component) {
		ObjectNode components = this.root.withObject("/" + kind);
		if (!components.has(name)) {
			components.set(name, component);
		}
		return JsonMapper.shared().createObjectNode().put("$ref", "#/components/" + kind + "/" + name);
	}

	/** Refer to a parameter, header or schema of {@code openapi/*.yml}. */
	ObjectNode described(String kind, String name) {
		return reference(kind, name, this.texts.entry(kind, name).deepCopy());
	}

	/**
	 * Add the schema of a line: the members of a request, a type, and the members that
	 * take the place of its address and headers.
	 */
	void combine(String name, ObjectNode description) {
		ObjectNode schema = schemas().get(description.get("of").stringValue()).deepCopy().asObject();
		schema.set("description", description.get("description"));
		ObjectNode properties = JsonMapper.shared().createObjectNode();
		properties.putObject("type")
			.put("type", "string")
			.put("const", description.get("type").stringValue())
			.put("description", "The kind of command.");
		ArrayNode required = JsonMapper.shared().createArrayNode().add("type");
		description.path("members")
			.forEach((member) -> properties.set(member.stringValue(),
					this.texts.entry("line-members", member.stringValue())));
		description.path("required").forEach(required::add);
		schema.path("required").forEach(required::add);
		properties.setAll(schema.withObject("/properties"));
		schema.set("properties", properties);
		schema.set("required", required);
		schemas().set(name, schema);
	}

	/** Refer to a schema that is written by hand, with those that it refers to. */
	ObjectNode schema(String name) {
		if (!schemas().has(name)) {
			ObjectNode schema = this.texts.entry("written-schemas", name).deepCopy();
			reference("schemas", name, schema);
			schemasUsedIn(schema);
		}
		return JsonMapper.shared().createObjectNode().put("$ref", "#/components/schemas/" + name);
	}

	/** Add the schemas that are written by hand and to which a schema refers. */
	void schemasUsedIn(ObjectNode schema) {
		schema.findValuesAsString("$ref")
			.stream()
			.map((reference) -> reference.substring(reference.lastIndexOf('/') + 1))
			.filter(this.texts.section("written-schemas")::has)
			.forEach(this::schema);
	}

}
