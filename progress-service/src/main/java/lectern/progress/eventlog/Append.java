package lectern.progress.eventlog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something to be appended, ready to be written: what can fail before the head of the log
 * is locked has been done.
 *
 * @param data what each of the events is stored as
 */
record Append(String stream, int expectedVersion, List<NewEvent> events, List<String> types, List<String> data,
		@Nullable IdempotencyRecord idempotencyRecord) {

	/**
	 * Encode it.
	 * @throws IllegalArgumentException if there is nothing to append, or a type that is
	 * not registered
	 */
	static Append of(String stream, int expectedVersion, List<NewEvent> events, @Nullable IdempotencyRecord receipt,
			EventTypes types) {
		if (events.isEmpty() && receipt == null) {
			throw new IllegalArgumentException("There is nothing to append");
		}
		return new Append(stream, expectedVersion, List.copyOf(events),
				events.stream().map(NewEvent::payload).map(types::name).toList(),
				events.stream().map(NewEvent::payload).map(types::write).toList(), receipt);
	}

}
