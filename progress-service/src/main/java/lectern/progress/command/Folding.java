package lectern.progress.command;

import java.util.List;

import lectern.progress.log.StoredEvent;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;

/** What stored events have made of a reading. */
final class Folding {

	private Folding() {
	}

	/** The reading after all of them. */
	static Reading of(List<StoredEvent> events) {
		Reading reading = Reading.NOTHING_YET;
		for (StoredEvent event : events) {
			reading = ReadingDecider.evolve(reading, (ReadingEvent) event.payload());
		}
		return reading;
	}

}
