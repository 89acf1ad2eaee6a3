package lectern.progress.stream;

import java.time.Instant;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.UnknownEvent;
import lectern.progress.pathprogress.PathStateDocument;
import lectern.progress.representation.ReadingDocument;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * An event of a reader with everything that the stream shows.
 *
 * @param path the state of the path that the event is about; null if it is about a
 * reading
 */
record ReaderEvent(StoredEvent event, @Nullable PathStateDocument path) {

	String reader() {
		return this.event.reader();
	}

	ReaderEventJson toJson(Cursor cursor) {
		return (this.path != null) ? pathJson(cursor, this.path) : readingJson(cursor);
	}

	private ReaderEventJson readingJson(Cursor cursor) {
		return new ReaderEventJson(cursor.toString(), this.event.type(), this.event.book(), this.event.reader(),
				ReadingDocument.concerns(this.event) ? this.event.stream() : null, null, this.event.version(),
				this.event.occurredAt(), this.event.receivedAt(), ReadingDocument.changesOf(this.event));
	}

	private ReaderEventJson pathJson(Cursor cursor, PathStateDocument document) {
		return new ReaderEventJson(cursor.toString(), this.event.type(), this.event.book(), this.event.reader(), null,
				document.id(), document.version(), this.event.occurredAt(), this.event.receivedAt(),
				(this.event.payload() instanceof UnknownEvent unknown) ? unknown : document);
	}

	/**
	 * The JSON form of an event.
	 *
	 * @param version of the reading or the path after the event, as a GET shows it
	 * @param data for a reading the changed members, each as a whole; for a path the
	 * whole document; for an event of an unknown type what is stored
	 */
	record ReaderEventJson(String cursor, String type, @Nullable String book, String reader, @Nullable String reading,
			@Nullable String path, long version, Instant occurredAt, Instant receivedAt, Record data) {

	}

}
