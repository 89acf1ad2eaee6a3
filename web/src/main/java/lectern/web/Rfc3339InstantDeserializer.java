package lectern.web;

import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads instants in the format of RFC 3339. Numbers are rejected, because they could be
 * seconds or milliseconds.
 */
class Rfc3339InstantDeserializer extends StdScalarDeserializer<Instant> {

	Rfc3339InstantDeserializer() {
		super(Instant.class);
	}

	@Override
	public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			return (Instant) context.handleUnexpectedToken(Instant.class, parser);
		}
		try {
			return Instant.parse(parser.getString());
		}
		catch (DateTimeException _) {
			return (Instant) context.handleWeirdStringValue(Instant.class, parser.getString(),
					"not an RFC 3339 instant");
		}
	}

}
