package lectern.progress.eventlog;

import java.util.List;

import lectern.streaming.log.Cursor;

/**
 * The result of a committed append.
 *
 * @param cursor the cursor of the last appended event; without events, that of the last
 * event before
 * @param events the stored events; empty if only an idempotency record was stored
 */
public record AppendResult(Cursor cursor, List<StoredEvent> events) {

	public AppendResult {
		events = List.copyOf(events);
	}

}
