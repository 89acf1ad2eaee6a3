package lectern.launcher.demo;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads and writes JSON. */
final class DemoJson {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private DemoJson() {
	}

	/** Read a document; a text that is not JSON counts as an empty object. */
	static JsonNode read(String text) {
		try {
			return text.isBlank() ? JsonNodeFactory.instance.objectNode() : MAPPER.readTree(text);
		}
		catch (JacksonException _) {
			return JsonNodeFactory.instance.objectNode();
		}
	}

	static <T> T read(String text, Class<T> type) {
		return MAPPER.readValue(text, type);
	}

	static String write(Object value) {
		return MAPPER.writeValueAsString(value);
	}

}
