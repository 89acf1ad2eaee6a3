package lectern.progress.command;

import java.util.Objects;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * A reading as its events have left it.
 *
 * @param reading as decisions see it
 * @param document as it is shown; null before its first event
 * @param last of its events; null before the first
 */
record ReadingState(Reading reading, @Nullable ReadingDocument document, @Nullable StoredEvent last) {

	/** What every reading is before its first event. */
	static final ReadingState NOT_STARTED = new ReadingState(Reading.NOT_STARTED, null, null);

	/** The reading after one more event. */
	ReadingState after(StoredEvent event) {
		return new ReadingState(ReadingDecider.evolve(this.reading, (ReadingEvent) event.payload()),
				ReadingDocument.evolve(this.document, event), event);
	}

	/** The version of the last event; 0 before the first. */
	int version() {
		return (this.last != null) ? this.last.version() : 0;
	}

	/** Whether the reader has planned when to have finished. */
	boolean isPlanned() {
		return this.document != null && this.document.plan() != null;
	}

	/**
	 * The last event.
	 * @throws NullPointerException before the first
	 */
	StoredEvent lastEvent() {
		return Objects.requireNonNull(this.last, "A reading begins by being started");
	}

	/**
	 * The reading as it is shown.
	 * @throws NullPointerException before the first event
	 */
	ReadingDocument requireDocument() {
		return Objects.requireNonNull(this.document, "A reading begins by being started");
	}

}
