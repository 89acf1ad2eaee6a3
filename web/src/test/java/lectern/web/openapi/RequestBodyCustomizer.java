package lectern.web.openapi;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.web.bind.annotation.RequestBody;

/** The content of requests: a document, a merge patch or lines. */
record RequestBodyCustomizer(ApiComponents components, ApiTypes types, ExampleFinder examples,
		SchemaReader schemas) implements OperationCustomizer {

	@Override
	public void customize(DescribedOperation described, ObjectNode operation) {
		if (!described.hasBody()) {
			return;
		}
		ObjectNode request = (ObjectNode) described.description().get("request");
		ObjectNode body = operation.putObject("requestBody");
		body.put("description", request.get("description").stringValue());
		body.put("required", request.path("required").asBoolean(true));
		ObjectNode schema = schema(described, request);
		ObjectNode content = body.putObject("content");
		mediaTypes(described).forEach((mediaType) -> {
			ObjectNode entry = content.putObject(mediaType);
			boolean markdown = mediaType.equals("text/markdown");
			entry.set("schema", markdown ? JsonMapper.shared().createObjectNode().put("type", "string") : schema);
			entry.set("examples",
					this.examples.find(markdown ? "BookList" : request.path("example").asString(""), schema));
		});
	}

	private static Set<String> mediaTypes(DescribedOperation described) {
		Set<String> mediaTypes = new LinkedHashSet<>();
		described.handlers().forEach((handler) -> mediaTypes.addAll(handler.consumes()));
		if (mediaTypes.isEmpty()) {
			mediaTypes.add("application/json");
		}
		return mediaTypes;
	}

	private ObjectNode schema(DescribedOperation described, ObjectNode request) {
		if (request.has("lines")) {
			ObjectNode lines = JsonMapper.shared().createObjectNode().put("type", "string");
			lines.set("x-itemSchema", this.components.schema(request.get("lines").stringValue()));
			return lines;
		}
		if (request.has("schema")) {
			return this.components.schema(request.get("schema").stringValue());
		}
		Type type = request.has("body") ? this.types.find(request.get("body").stringValue())
				: bodyType(described.handlers().getFirst().method());
		return this.schemas.read(type);
	}

	private static Type bodyType(Method method) {
		Parameter body = List.of(method.getParameters())
			.stream()
			.filter((parameter) -> parameter.isAnnotationPresent(RequestBody.class))
			.findFirst()
			.orElseThrow(() -> new AssertionError(method + " takes no content"));
		return ((ParameterizedType) body.getParameterizedType()).getActualTypeArguments()[0];
	}

}
