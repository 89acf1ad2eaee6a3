package lectern.progress.eventlog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An append with encoded events, ready to be written. Encoding can fail and takes time,
 * so it is done before the head of the log is locked.
 *
 * @param types the stored type names of the events
 * @param data the JSON of the events
 */
record Append(String stream, int expectedVersion, List<NewEvent> events, List<String> types, List<String> data,
		@Nullable IdempotencyRecord idempotencyRecord) {

	/**
	 * Create an append and encode its events.
	 * @throws IllegalArgumentException if there is nothing to append, or if a payload has
	 * a type that is not registered
	 */
	static Append of(String stream, int expectedVersion, List<NewEvent> events,
			@Nullable IdempotencyRecord idempotencyRecord, EventTypes types) {
		if (events.isEmpty() && idempotencyRecord == null) {
			throw new IllegalArgumentException("There is nothing to append");
		}
		return new Append(stream, expectedVersion, List.copyOf(events),
				events.stream().map(NewEvent::payload).map(types::name).toList(),
				events.stream().map(NewEvent::payload).map(types::write).toList(), idempotencyRecord);
	}

}
