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
 * An event of a service as received.
 *
 * @param json the data, without line breaks
 * @param members the members by which the stream can be filtered, if the event has them
 */
record UpstreamEvent(byte[] json, Map<String, String> members) {

	private static final JsonFactory JSON = new JsonFactory();

	private static final String RECEIVED_AT = "receivedAt";

	/**
	 * Parse an event of the log.
	 * @param filterMembers the names of the members by which the stream can be filtered
	 * @return empty for control events and heartbeats
	 */
	static Optional<EventEnvelope<UpstreamEvent>> parse(SseEvent event, Set<String> filterMembers) {
		if (!event.isLogEvent() || event.data() == null || event.id() == null) {
			return Optional.empty();
		}
		byte[] json = event.data();
		return Cursor.parse(event.id()).map((cursor) -> {
			Map<String, String> members = members(json, filterMembers);
			Instant receivedAt = Instant.parse(members.getOrDefault(RECEIVED_AT, Instant.EPOCH.toString()));
			return new EventEnvelope<>(cursor.position(), receivedAt, new UpstreamEvent(json, members));
		});
	}

	private static Map<String, String> members(byte[] json, Set<String> filterMembers) {
		Map<String, String> members = new HashMap<>();
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				if (parser.nextToken() == JsonToken.VALUE_STRING
						&& (filterMembers.contains(name) || name.equals(RECEIVED_AT))) {
					members.put(name, parser.getString());
				}
				parser.skipChildren();
			}
		}
		catch (JacksonException | UncheckedIOException ex) {
			throw new IllegalStateException("The data of a service's event is not JSON", ex);
		}
		return members;
	}

}
