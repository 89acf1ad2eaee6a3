package lectern.progress.eventlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.streaming.log.Cursor;
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
	 * @throws IllegalArgumentException if there is nothing to append, if a payload has a
	 * type that is not registered, or if a value contains a line break
	 */
	static Append of(String stream, int expectedVersion, List<NewEvent> events,
			@Nullable IdempotencyRecord idempotencyRecord, EventTypes types) {
		if (events.isEmpty() && idempotencyRecord == null) {
			throw new IllegalArgumentException("There is nothing to append");
		}
		requireOneLine(stream);
		events.forEach((event) -> requireOneLine(event.reader(), event.book()));
		if (idempotencyRecord != null) {
			requireOneLine(idempotencyRecord.reader(), idempotencyRecord.key(), idempotencyRecord.hash(),
					idempotencyRecord.response());
		}
		return new Append(stream, expectedVersion, List.copyOf(events),
				events.stream().map(NewEvent::payload).map(types::name).toList(),
				events.stream().map(NewEvent::payload).map(types::write).toList(), idempotencyRecord);
	}

	/** A batch is sent with a line for each value. */
	private static void requireOneLine(@Nullable String... values) {
		for (String value : values) {
			if (value != null && value.indexOf('\n') >= 0) {
				throw new IllegalArgumentException("Contains a line break: " + value);
			}
		}
	}

	/** The version of the stream after this append. */
	int newVersion() {
		return this.expectedVersion + this.events.size();
	}

	/**
	 * The result, once the append is committed.
	 * @param before the cursor of the last event of the log before
	 */
	AppendResult result(Cursor before, Instant receivedAt) {
		List<StoredEvent> stored = new ArrayList<>(this.events.size());
		for (NewEvent event : this.events) {
			int index = stored.size();
			stored.add(new StoredEvent(before.position() + 1 + index, this.stream, this.expectedVersion + 1 + index,
					event.reader(), this.types.get(index), event.book(), event.occurredAt(), receivedAt,
					event.payload()));
		}
		return new AppendResult(before.at(before.position() + stored.size()), stored);
	}

}
