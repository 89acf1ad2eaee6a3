package lectern.progress.command;

import java.util.Objects;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * The state of a reading after some of its events.
 *
 * @param reading the state for decisions
 * @param document the state for responses; null before the first event
 * @param last the last event; null before the first event
 */
record ReadingState(Reading reading, @Nullable ReadingDocument document, @Nullable StoredEvent last) {

	/** The state before the first event. */
	static final ReadingState NOT_STARTED = new ReadingState(Reading.NOT_STARTED, null, null);

	/** The state after another event; one of an unknown type changes only the version. */
	ReadingState after(StoredEvent event) {
		Reading next = (event.payload() instanceof ReadingEvent known) ? ReadingDecider.evolve(this.reading, known)
				: this.reading;
		return new ReadingState(next, ReadingDocument.evolve(this.document, event), event);
	}

	/** The version of the last event; 0 before the first. */
	int version() {
		return (this.last != null) ? this.last.version() : 0;
	}

	/** Whether the reading has a plan. */
	boolean isPlanned() {
		return this.document != null && this.document.plan() != null;
	}

	/** Whether the reader has removed the reading. */
	boolean wasRemoved() {
		return this.document != null && this.document.wasRemoved();
	}

	/**
	 * The last event.
	 * @throws NullPointerException before the first
	 */
	StoredEvent lastEvent() {
		return Objects.requireNonNull(this.last, "The reading has no events");
	}

	/**
	 * The state for responses.
	 * @throws NullPointerException before the first event
	 */
	ReadingDocument requireDocument() {
		return Objects.requireNonNull(this.document, "The reading has no events");
	}

}
