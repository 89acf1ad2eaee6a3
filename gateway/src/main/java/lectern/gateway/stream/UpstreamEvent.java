package lectern.gateway.stream;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.sse.SseEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An event of a service, as it came.
 *
 * @param json on one line
 * @param members those that the stream is filtered by, as far as the event has them
 */
record UpstreamEvent(byte[] json, Map<String, String> members) {

	private static final JsonFactory JSON = new JsonFactory();

	private static final String RECEIVED_AT = "receivedAt";

	/**
	 * The event that a block is.
	 * @param filtered the names of the members that the stream is filtered by
	 * @return empty for a block that is no event
	 */
	static Optional<EventEnvelope<UpstreamEvent>> parse(SseEvent block, Set<String> filtered) {
		if (!block.isLogEvent() || block.data() == null || block.id() == null) {
			return Optional.empty();
		}
		byte[] json = block.data();
		return Cursor.parse(block.id()).map((cursor) -> {
			Map<String, String> members = members(json, filtered);
			Instant receivedAt = Instant.parse(members.getOrDefault(RECEIVED_AT, Instant.EPOCH.toString()));
			return new EventEnvelope<>(cursor.position(), receivedAt, new UpstreamEvent(json, members));
		});
	}

	private static Map<String, String> members(byte[] json, Set<String> filtered) {
		Map<String, String> members = new HashMap<>();
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				if (parser.nextToken() == JsonToken.VALUE_STRING
						&& (filtered.contains(name) || name.equals(RECEIVED_AT))) {
					members.put(name, parser.getString());
				}
				parser.skipChildren();
			}
		}
		catch (JacksonException | UncheckedIOException ex) {
			throw new IllegalStateException("A service's event is no JSON", ex);
		}
		return members;
	}

}
