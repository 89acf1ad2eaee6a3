package lectern.catalog.importing;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the type and the id of a document without reading the rest of it, which tells how
 * the rest is to be read. An export has both in front, so that it looks no further.
 */
final class DocumentHeaderReader {

	private final JsonMapper mapper;

	DocumentHeaderReader(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * The label of a document. One that does not say its type, as a GET answers it, is a
	 * path if it has gates.
	 * @throws Problem 400 if the line is no JSON object, 422 if it has no id or a type
	 * that nobody knows
	 */
	DocumentHeader read(String json) {
		try (JsonParser parser = this.mapper.createParser(json)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw malformed();
			}
			return read(parser);
		}
		catch (JacksonException _) {
			throw malformed();
		}
	}

	private static DocumentHeader read(JsonParser parser) {
		DocumentHeader.HeaderType type = null;
		String id = null;
		boolean gates = false;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "type" -> type = type(text(parser, value));
				case "id" -> id = text(parser, value);
				case "gates" -> gates = true;
				default -> {
				}
			}
			if (id != null && type != null) {
				return new DocumentHeader(type, id);
			}
			parser.skipChildren();
		}
		if (id == null) {
			throw Problem.invalidMember("/id", "is missing or is not a string");
		}
		return new DocumentHeader(gates ? DocumentHeader.HeaderType.PATH : DocumentHeader.HeaderType.BOOK, id);
	}

	private static @Nullable String text(JsonParser parser, JsonToken value) {
		return (value == JsonToken.VALUE_STRING) ? parser.getString() : null;
	}

	private static DocumentHeader.HeaderType type(@Nullable String name) {
		return switch (name) {
			case "book" -> DocumentHeader.HeaderType.BOOK;
			case "path" -> DocumentHeader.HeaderType.PATH;
			case null, default -> throw Problem.invalidMember("/type", "must be book or path");
		};
	}

	private static Problem malformed() {
		return Problem.of(ProblemType.MALFORMED, "It is not a JSON object.");
	}

}
