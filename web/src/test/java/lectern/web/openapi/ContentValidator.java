package lectern.web.openapi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Validates JSON against the schemas of an OpenAPI document. */
final class ContentValidator {

	/** With the keywords of the document that validate nothing. */
	private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
		.keywords(Stream.of("components", "discriminator", "x-extensible-enum").map(NonValidationKeyword::new).toList())
		.build();

	private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(DIALECT);

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
