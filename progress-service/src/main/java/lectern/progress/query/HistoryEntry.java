package lectern.progress.query;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ReadingStatus;
import lectern.progress.document.ShownPosition;
import lectern.progress.log.StoredEvent;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.streaming.Cursor;

/**
 * What happened once to a reading, and how it left it.
 *
 * @param cursor restores what it led to
 * @param moved of a report, whether it moved the position
 * @param reported of a report that did not, what it said
 * @param position where it left the reader; absent before the first report
 */
record HistoryEntry(String cursor, String type, int version, Instant occurredAt, Instant receivedAt,
		ReadingStatus status, @Nullable Boolean moved, @Nullable ShownPosition reported,
		@Nullable ShownPosition position, @Nullable ShownPosition furthest) {

	/**
	 * The entry of an event.
	 * @param after the reading as the event left it
	 */
	static HistoryEntry of(Cursor cursor, StoredEvent event, ReadingDocument after) {
		PositionReported report = (event.payload() instanceof PositionReported reported) ? reported : null;
		ShownPosition unmoved = (report != null && !report.moved())
				? ShownPosition.of(report.position(), event.receivedAt()) : null;
		return new HistoryEntry(cursor.toString(), event.type(), event.version(), event.occurredAt(),
				event.receivedAt(), after.status(), (report != null) ? report.moved() : null, unmoved, after.position(),
				after.furthest());
	}

}
