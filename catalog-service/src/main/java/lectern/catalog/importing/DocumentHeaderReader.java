package lectern.catalog.importing;

import lectern.catalog.change.Tombstones.DocumentKind;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the type and the id of a JSON document, which decide how the rest is parsed. An
 * export has both in front; reading stops as soon as both are found.
 */
final class DocumentHeaderReader {

	private final JsonMapper mapper;

	DocumentHeaderReader(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Read the header of a document. A document without a type, such as the response of a
	 * GET, is a path if it has gates, otherwise a book.
	 * @throws Problem 400 if the line is not a JSON object, 422 if the id is missing or
	 * the type is unknown
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
		DocumentKind kind = null;
		String id = null;
		boolean gates = false;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "type" -> kind = kind(string(parser, value));
				case "id" -> id = string(parser, value);
				case "gates" -> gates = true;
				default -> {
				}
			}
			if (id != null && kind != null) {
				return new DocumentHeader(kind, id);
			}
			parser.skipChildren();
		}
		if (id == null) {
			throw Problem.invalidMember("/id", "is missing or is not a string");
		}
		return new DocumentHeader(gates ? DocumentKind.PATH : DocumentKind.BOOK, id);
	}

	private static @Nullable String string(JsonParser parser, JsonToken value) {
		return (value == JsonToken.VALUE_STRING) ? parser.getString() : null;
	}

	private static DocumentKind kind(@Nullable String type) {
		return switch (type) {
			case "book" -> DocumentKind.BOOK;
			case "path" -> DocumentKind.PATH;
			case null, default -> throw Problem.invalidMember("/type", "must be book or path");
		};
	}

	private static Problem malformed() {
		return Problem.of(ProblemType.MALFORMED, "The line is not a JSON object.");
	}

}
