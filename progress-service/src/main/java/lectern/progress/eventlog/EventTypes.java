package lectern.progress.eventlog;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The registry of event types: their stored names and their JSON. Names and JSON are a
 * contract with all existing logs; the classes are not part of it.
 */
public final class EventTypes {

	/**
	 * A mapper of its own, so that no configuration for HTTP changes the stored JSON.
	 * Unknown members were written by a later release and are ignored.
	 */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	/** Created once: the lookup of a deserializer takes as long as parsing an event. */
	private final Map<String, ObjectReader> readers = new HashMap<>();

	private final Map<Class<?>, String> names = new HashMap<>();

	/**
	 * Register a type. All types must be registered before the first use.
	 * @throws IllegalArgumentException if the name or the class is registered already
	 */
	public EventTypes with(String name, Class<? extends Record> payload) {
		if (this.readers.put(name, MAPPER.readerFor(payload)) != null || this.names.put(payload, name) != null) {
			throw new IllegalArgumentException("Registered twice: " + name + " for " + payload);
		}
		return this;
	}

	/**
	 * The stored name of a payload.
	 * @throws IllegalArgumentException for a class that is not registered
	 */
	public String name(Object payload) {
		String name = this.names.get(payload.getClass());
		if (name == null) {
			throw new IllegalArgumentException("Not a registered event type: " + payload.getClass());
		}
		return name;
	}

	/** The stored JSON of a payload, on one line. */
	public String write(Object payload) {
		return MAPPER.writeValueAsString(payload);
	}

	/**
	 * Parse the payload of an event with this stored type name.
	 * @return an {@link UnknownEvent} for a name that is not registered
	 */
	public Object read(String name, String json) {
		ObjectReader reader = this.readers.get(name);
		return (reader != null) ? reader.readValue(json) : new UnknownEvent(json);
	}

	/**
	 * Parse the payload of an event; an {@link UnknownEvent} if its type is not
	 * registered, and an {@link ErasedEvent} if its reader was erased.
	 */
	public StoredEvent read(RawEvent event) {
		return new StoredEvent(event.position(), event.stream(), event.version(), event.reader(), event.type(),
				event.book(), event.occurredAt(), event.receivedAt(), payload(event));
	}

	private Object payload(RawEvent event) {
		boolean erased = ErasedReader.isToken(event.reader()) && this.readers.containsKey(event.type());
		return erased ? new ErasedEvent() : read(event.type(), event.data());
	}

}
