package lectern.progress.eventlog;

import java.util.List;

import lectern.streaming.log.Cursor;

/**
 * What an append has committed.
 *
 * @param cursor of the last of the events; if there are none, of the last before
 * @param events as stored; none if only an answer was kept
 */
public record AppendResult(Cursor cursor, List<StoredEvent> events) {

	public AppendResult {
		events = List.copyOf(events);
	}

}
