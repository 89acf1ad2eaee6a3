package lectern.progress.eventlog;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored names of events and the JSON they are stored as. The names and the form are
 * a contract with every log there is; the classes are not in it.
 */
public final class EventTypes {

	/**
	 * Its own, so that nothing configured for HTTP ever changes what is stored. Members
	 * that are unknown are from a later version and passed over.
	 */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	/** Each made once: to find out how a class is read takes as long as to read it. */
	private final Map<String, ObjectReader> readers = new HashMap<>();

	private final Map<Class<?>, String> names = new HashMap<>();

	/**
	 * Add a type; to be done before any is used.
	 * @throws IllegalArgumentException if the name or the class is taken
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
		return requireRegistered(this.names.get(payload.getClass()), payload.getClass());
	}

	/** The JSON that a payload is stored as, on one line. */
	public String write(Object payload) {
		return MAPPER.writeValueAsString(payload);
	}

	/**
	 * The payload that was stored under a name.
	 * @throws IllegalArgumentException for a name that is not registered
	 */
	public Object read(String name, String json) {
		return requireRegistered(this.readers.get(name), name).readValue(json);
	}

	/**
	 * An event with its payload.
	 * @throws IllegalArgumentException if its type is not registered
	 */
	public StoredEvent read(RawEvent event) {
		return new StoredEvent(event.position(), event.stream(), event.version(), event.reader(), event.type(),
				event.book(), event.occurredAt(), event.receivedAt(), read(event.type(), event.data()));
	}

	private static <T> T requireRegistered(@Nullable T found, Object asked) {
		if (found == null) {
			throw new IllegalArgumentException("Not a registered type of event: " + asked);
		}
		return found;
	}

}
