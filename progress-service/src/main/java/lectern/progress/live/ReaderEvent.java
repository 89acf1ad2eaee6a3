package lectern.progress.live;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import lectern.progress.document.ReadingDocument;
import lectern.progress.log.StoredEvent;
import lectern.progress.path.PathDocument;
import lectern.streaming.Cursor;

/**
 * An event of a reader with all that is shown of it.
 *
 * @param path how the reader stood on the path that it is about; null if it is about a
 * reading
 */
record ReaderEvent(StoredEvent event, @Nullable PathDocument path) {

	String reader() {
		return this.event.reader();
	}

	Shown shown(Cursor cursor) {
		return (this.path != null) ? onPath(cursor, this.path) : inReading(cursor);
	}

	private Shown inReading(Cursor cursor) {
		return new Shown(cursor.toString(), this.event.type(), this.event.book(), this.event.reader(),
				this.event.stream(), null, this.event.version(), this.event.occurredAt(), this.event.receivedAt(),
				ReadingDocument.changedBy(this.event));
	}

	private Shown onPath(Cursor cursor, PathDocument document) {
		return new Shown(cursor.toString(), this.event.type(), this.event.book(), this.event.reader(), null,
				document.id(), document.version(), this.event.occurredAt(), this.event.receivedAt(), document);
	}

	/**
	 * An event on the wire.
	 *
	 * @param version of what it changed, as a GET shows it
	 * @param data of a reading the members that are another now, each whole; of a path
	 * the whole document
	 */
	record Shown(String cursor, String type, @Nullable String book, String reader, @Nullable String reading,
			@Nullable String path, long version, Instant occurredAt, Instant receivedAt, Record data) {

	}

}
