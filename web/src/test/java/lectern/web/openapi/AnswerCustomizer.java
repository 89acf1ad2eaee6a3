package lectern.web.openapi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;

/**
 * The answers that are no problems. The type of the content is that which the controller
 * returns, unless it returns written JSON: then the description names it.
 */
record AnswerCustomizer(ApiComponents components, ApiTypes types, ExampleFinder examples,
		SchemaReader schemas) implements OperationCustomizer {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** The headers with what a client has left of its limits. */
	private static final List<String> QUOTAS = List.of("RateLimit-Policy", "RateLimit");

	@Override
	public void customize(DescribedOperation described, ObjectNode operation) {
		ObjectNode responses = operation.putObject("responses");
		for (Map.Entry<String, JsonNode> answer : described.answers().properties()) {
			ObjectNode response = responses.putObject(answer.getKey());
			response.put("description", answer.getValue().get("description").stringValue());
			headers(described, (ObjectNode) answer.getValue(), response);
			if (answer.getKey().matches("20[01]")) {
				content(described, (ObjectNode) answer.getValue(), response);
			}
		}
	}

	private void headers(DescribedOperation described, ObjectNode answer, ObjectNode response) {
		ObjectNode headers = response.putObject("headers");
		headers.set("X-Request-Id", this.components.described("headers", "X-Request-Id"));
		if (described.is("paging")) {
			headers.set("Link", this.components.described("headers", "Link"));
		}
		if (described.is("stream")) {
			QUOTAS.forEach((name) -> headers.set(name, this.components.described("headers", name)));
		}
		answer.path("headers")
			.forEach((name) -> headers.set(name.stringValue(),
					this.components.described("headers", name.stringValue())));
	}

	private void content(DescribedOperation described, ObjectNode answer, ObjectNode response) {
		ObjectNode schema = schema(described, answer);
		if (schema == null) {
			return;
		}
		String mediaType = described.handlers().getFirst().produces().stream().findFirst().orElse("application/json");
		ObjectNode content = response.putObject("content").putObject(mediaType);
		content.set("schema", schema);
		content.set("examples", this.examples.find(answer.path("example").asString(""), schema));
	}

	/** Return null if the answer has no content. */
	private @Nullable ObjectNode schema(DescribedOperation described, ObjectNode answer) {
		if (answer.has("lines")) {
			return text(answer.get("lines").stringValue());
		}
		if (answer.has("stream")) {
			ObjectNode events = text(answer.get("stream").stringValue());
			ObjectNode control = events.putObject("x-controlEvents");
			control.set("end", this.components.schema("StreamEnd"));
			if (described.texts("query").contains("lastEventId")) {
				control.set("reset", this.components.schema("StreamReset"));
			}
			return events;
		}
		if (answer.has("schema")) {
			return this.components.schema(answer.get("schema").stringValue());
		}
		Type type = answer.has("body") ? this.types.find(answer.get("body").stringValue())
				: unwrap(described.handlers().getFirst().method().getGenericReturnType());
		if (type == null) {
			return null;
		}
		return answer.path("page").asBoolean(false) ? this.schemas.readPage((Class<?>) type) : this.schemas.read(type);
	}

	/**
	 * The schema of lines or events. OpenAPI 3.1 has none for them, so they are text
	 * whose items have the schema of an extension, which is named as in OpenAPI 3.2.
	 */
	private ObjectNode text(String item) {
		ObjectNode text = MAPPER.createObjectNode().put("type", "string");
		text.set("x-itemSchema", this.components.schema(item));
		return text;
	}

	/** The type of the content; null if there is none, or if it is written JSON. */
	private static @Nullable Type unwrap(Type type) {
		if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw
				&& (Publisher.class.isAssignableFrom(raw) || raw == ResponseEntity.class)) {
			return unwrap(generic.getActualTypeArguments()[0]);
		}
		return (type == Void.class || type == byte[].class || type == String.class || type == DataBuffer.class) ? null
				: type;
	}

}
