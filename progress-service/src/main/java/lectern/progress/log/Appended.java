package lectern.progress.log;

import java.util.List;

import lectern.streaming.Cursor;

/**
 * What an append has committed.
 *
 * @param cursor of the last of the events
 * @param events as stored, at least one
 */
public record Appended(Cursor cursor, List<StoredEvent> events) {

	public Appended {
		events = List.copyOf(events);
	}

}
