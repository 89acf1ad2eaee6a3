package lectern.progress.query;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.EventTimeReplay;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.representation.PositionView;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/** Folds the events of a reading in the order in which they occurred. */
final class EventTimeFold {

	private @Nullable ReadingDocument document;

	private @Nullable EventTimeReplay eventTimeReplay;

	/**
	 * @param document the reading after the events folded so far; null to start from the
	 * beginning
	 */
	EventTimeFold(String reader, @Nullable ReadingDocument document) {
		this.document = document;
		this.eventTimeReplay = (document == null) ? null
				: new EventTimeReplay(
						new ReadingStarted(reader, document.book(), document.edition(), document.pages(),
								document.startedAt(), null),
						toPosition(document.position()), toPosition(document.furthest()), document.devices());
	}

	private static @Nullable Position toPosition(@Nullable PositionView view) {
		return (view != null) ? view.toPosition() : null;
	}

	/**
	 * Fold one more event. The version of the result is the highest of all events in it,
	 * wherever they are in time.
	 */
	void apply(StoredEvent event) {
		ReadingDocument before = this.document;
		int version = (before != null) ? Math.max(before.version(), event.version()) : event.version();
		Object payload = (event.payload() instanceof ReadingEvent known) ? replay(known) : event.payload();
		this.document = ReadingDocument.evolve(before, event.with(version, payload));
	}

	private ReadingEvent replay(ReadingEvent event) {
		EventTimeReplay before = this.eventTimeReplay;
		if (before == null) {
			this.eventTimeReplay = new EventTimeReplay((ReadingStarted) event);
			return event;
		}
		return before.apply(event);
	}

	/** Return the reading after the events folded so far; null if there are none. */
	@Nullable ReadingDocument document() {
		return this.document;
	}

}
