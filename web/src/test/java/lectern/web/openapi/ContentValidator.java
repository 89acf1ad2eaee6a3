package lectern.web.openapi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Validates JSON against the schemas of an OpenAPI document. */
final class ContentValidator {

	private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private final ObjectNode document;

	private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

	ContentValidator(ObjectNode document) {
		this.document = document;
	}

	/**
	 * Return a sentence for each fault; empty if the value is valid. Formats are checked.
	 */
	List<String> faults(JsonNode schema, JsonNode value) {
		return this.schemas.computeIfAbsent(schema, this::compile)
			.validate(value, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)))
			.stream()
			.map(Error::toString)
			.toList();
	}

	/** References within a schema are paths from the root of the document. */
	private Schema compile(JsonNode schema) {
		ObjectNode root = JsonMapper.shared().createObjectNode();
		root.set("components", this.document.get("components"));
		root.putArray("allOf").add(schema);
		return this.registry.getSchema(root);
	}

}
