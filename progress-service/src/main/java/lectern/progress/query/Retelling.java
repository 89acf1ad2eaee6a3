package lectern.progress.query;

import org.jspecify.annotations.Nullable;

import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ShownPosition;
import lectern.progress.log.StoredEvent;
import lectern.progress.model.Hindsight;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.ReadingStarted;

/** A reading while it is told in the order in which it occurred. */
final class Retelling {

	private @Nullable ReadingDocument document;

	private @Nullable Hindsight hindsight;

	/**
	 * @param document as it has been told to; null from the beginning
	 */
	Retelling(String reader, @Nullable ReadingDocument document) {
		this.document = document;
		this.hindsight = (document == null) ? null
				: new Hindsight(new ReadingStarted(reader, document.book(), document.edition(), document.startedAt()),
						position(document.position()), position(document.furthest()), document.devices());
	}

	private static @Nullable Position position(@Nullable ShownPosition shown) {
		return (shown != null) ? shown.position() : null;
	}

	/** The version is that of the newest event in it, wherever it belongs in time. */
	void tell(StoredEvent event) {
		ReadingDocument before = this.document;
		int version = (before != null) ? Math.max(before.version(), event.version()) : event.version();
		this.document = ReadingDocument.after(before, event.with(version, told((ReadingEvent) event.payload())));
	}

	private ReadingEvent told(ReadingEvent event) {
		Hindsight before = this.hindsight;
		if (before == null) {
			this.hindsight = new Hindsight((ReadingStarted) event);
			return event;
		}
		return before.tell(event);
	}

	/** As it has been told to; null if nothing has. */
	@Nullable ReadingDocument document() {
		return this.document;
	}

}
