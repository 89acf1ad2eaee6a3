package lectern.progress.command;

import java.util.List;

import lectern.progress.document.ReadingDocument;
import lectern.progress.log.StoredEvent;
import lectern.streaming.Cursor;

/**
 * What a command led to.
 *
 * @param cursor of the last event
 * @param events all of the reading, the new ones last
 * @param changed whether there are new ones
 */
record Outcome(Cursor cursor, List<StoredEvent> events, boolean changed) {

	ReadingDocument reading() {
		return ReadingDocument.of(this.events);
	}

	StoredEvent last() {
		return this.events.getLast();
	}

}
