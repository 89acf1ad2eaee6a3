package lectern.web.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AsyncAPI 3.0 document of the event streams. It is derived from the OpenAPI
 * document, so that both always say the same.
 */
final class AsyncApiDocument {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final ObjectNode openApi;

	private final ObjectNode root = MAPPER.createObjectNode();

	private final ObjectNode messages = MAPPER.createObjectNode();

	private AsyncApiDocument(ObjectNode openApi) {
		this.openApi = openApi;
	}

	static ApiDocument of(ObjectNode openApi) {
		return new ApiDocument(new AsyncApiDocument(openApi).write());
	}

	private ObjectNode write() {
		JsonNode info = this.openApi.get("info");
		this.root.put("asyncapi", "3.0.0");
		this.root.putObject("info")
			.put("title", "Lectern event streams")
			.put("version", info.get("version").stringValue())
			.put("description",
					"""
							The event streams of Lectern, as Server-Sent Events over HTTP. The OpenAPI document describes how they
							are opened and resumed. The id of a message is its cursor. `end` and `reset` have an event name; all other
							messages have none and are told apart by the member `type`.""")
			.set("license",
					MAPPER.createObjectNode()
						.put("name", info.at("/license/name").stringValue())
						.put("url", "https://www.apache.org/licenses/LICENSE-2.0"));
		this.root.put("defaultContentType", "application/json");
		ObjectNode server = this.root.putObject("servers").putObject("gateway");
		server.put("host", "{host}").put("protocol", "http").put("description", "The gateway.");
		server.putObject("variables")
			.putObject("host")
			.put("default", "localhost:8080")
			.put("description", "The host and port of the gateway.");
		ObjectNode channels = this.root.putObject("channels");
		ObjectNode operations = this.root.putObject("operations");
		this.openApi.get("paths").properties().forEach((path) -> {
			JsonNode schema = path.getValue().at("/get/responses/200/content/text~1event-stream/schema");
			if (!schema.isMissingNode()) {
				addStream(path.getKey(), path.getValue().get("get"), schema, channels, operations);
			}
		});
		ObjectNode components = this.root.putObject("components");
		components.set("messages", this.messages);
		components.set("schemas", schemas(components));
		return this.root;
	}

	private void addStream(String path, JsonNode operation, JsonNode schema, ObjectNode channels,
			ObjectNode operations) {
		String id = operation.get("operationId").stringValue();
		Map<String, JsonNode> payloads = payloads(schema);
		ObjectNode channel = channels.putObject(id);
		channel.put("address", path).put("summary", operation.get("summary").stringValue());
		ObjectNode channelMessages = channel.putObject("messages");
		payloads.forEach((name, payload) -> channelMessages.putObject(name)
			.put("$ref", "#/components/messages/" + addMessage(name, payload)));
		if (path.contains("{reader}")) {
			channel.putObject("parameters").putObject("reader").put("description", "The handle of the reader.");
		}
		ObjectNode sending = operations.putObject(id);
		sending.put("action", "send")
			.put("summary", operation.get("summary").stringValue())
			.put("description", operation.get("description").stringValue());
		sending.putObject("channel").put("$ref", "#/channels/" + id);
		payloads.keySet()
			.forEach((name) -> sending.withArray("/messages")
				.addObject()
				.put("$ref", "#/channels/" + id + "/messages/" + name));
		ObjectNode binding = sending.putObject("bindings").putObject("http");
		binding.put("method", "GET").put("bindingVersion", "0.3.0").set("query", query(operation));
	}

	private ObjectNode query(JsonNode operation) {
		ObjectNode query = MAPPER.createObjectNode().put("type", "object");
		ObjectNode properties = query.putObject("properties");
		operation.path("parameters")
			.valueStream()
			.map((parameter) -> ApiChanges.resolve(this.openApi, parameter))
			.filter((parameter) -> parameter.get("in").stringValue().equals("query"))
			.forEach((parameter) -> {
				ObjectNode schema = parameter.get("schema").deepCopy().asObject();
				schema.set("description", parameter.get("description"));
				properties.set(parameter.get("name").stringValue(), schema);
			});
		return query;
	}

	/** The schemas of the messages of a stream, by the names of their components. */
	private Map<String, JsonNode> payloads(JsonNode stream) {
		Map<String, JsonNode> payloads = new LinkedHashMap<>();
		JsonNode item = stream.get("x-itemSchema");
		JsonNode alternatives = ApiChanges.resolve(this.openApi, item).path("oneOf");
		(alternatives.isMissingNode() ? List.of(item) : alternatives.valueStream().toList())
			.forEach((payload) -> payloads.put(name(payload), payload));
		stream.get("x-controlEvents").forEach((payload) -> payloads.put(name(payload), payload));
		return payloads;
	}

	private static String name(JsonNode reference) {
		String path = reference.get("$ref").stringValue();
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private String addMessage(String name, JsonNode payload) {
		ObjectNode message = this.messages.putObject(name);
		message.put("name", name)
			.put("summary", ApiChanges.resolve(this.openApi, payload).get("description").stringValue())
			.put("contentType", "application/json")
			.set("payload", payload);
		return name;
	}

	/** The schemas that messages refer to, and those that they refer to. */
	private ObjectNode schemas(JsonNode start) {
		TreeSet<String> found = new TreeSet<>();
		collect(start, found);
		ObjectNode schemas = MAPPER.createObjectNode();
		found.forEach((name) -> schemas.set(name, withoutDiscriminator(name)));
		return schemas;
	}

	private void collect(JsonNode node, TreeSet<String> found) {
		for (String reference : node.findValuesAsString("$ref")) {
			if (reference.startsWith("#/components/schemas/")) {
				String name = reference.substring(reference.lastIndexOf('/') + 1);
				if (found.add(name)) {
					collect(this.openApi.at(reference.substring(1)), found);
				}
			}
		}
	}

	/** The discriminator of AsyncAPI is another one: the name of a member alone. */
	private JsonNode withoutDiscriminator(String name) {
		JsonNode schema = this.openApi.at("/components/schemas/" + name).deepCopy();
		schema.findParents("discriminator").forEach((parent) -> parent.asObject().remove("discriminator"));
		return schema;
	}

}
