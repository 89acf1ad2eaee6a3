package lectern.web.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of one request or response in the document.
 *
 * @param where the operation, and the status of the response
 * @param mediaType its media type
 * @param content the media type object
 */
record DocumentedContent(String where, String mediaType, JsonNode content) {

	/** Return the contents of all operations. */
	static List<DocumentedContent> of(ObjectNode document) {
		List<DocumentedContent> contents = new ArrayList<>();
		document.get("paths").properties().forEach((path) -> path.getValue().properties().forEach((operation) -> {
			String where = operation.getKey() + " " + path.getKey();
			add(contents, where + " request", operation.getValue().path("requestBody"));
			operation.getValue()
				.get("responses")
				.properties()
				.forEach((response) -> add(contents, where + " " + response.getKey(),
						ApiChanges.resolve(document, response.getValue())));
		}));
		return contents;
	}

	private static void add(List<DocumentedContent> contents, String where, JsonNode message) {
		message.path("content")
			.properties()
			.forEach((content) -> contents.add(new DocumentedContent(where, content.getKey(), content.getValue())));
	}

	JsonNode schema() {
		return this.content.get("schema");
	}

	/** Return the schema of one line or event; that of the whole content otherwise. */
	JsonNode itemSchema() {
		return schema().has("x-itemSchema") ? schema().get("x-itemSchema") : schema();
	}

	/** Return the examples, of lines and events each one. */
	Stream<JsonNode> examples(ObjectNode document) {
		return this.content.path("examples")
			.properties()
			.stream()
			.map(Map.Entry::getValue)
			.map((example) -> ApiChanges.resolve(document, example).get("value"))
			.flatMap(this::items);
	}

	private Stream<JsonNode> items(JsonNode example) {
		return switch (this.mediaType) {
			case "text/event-stream" -> lines(example).filter((line) -> line.startsWith("data: "))
				.map((line) -> JsonMapper.shared().readTree(line.substring("data: ".length())));
			case "application/x-ndjson" -> lines(example).map(JsonMapper.shared()::readTree);
			default -> Stream.of(example);
		};
	}

	private static Stream<String> lines(JsonNode text) {
		return text.stringValue().lines().filter((line) -> !line.isEmpty());
	}

}
