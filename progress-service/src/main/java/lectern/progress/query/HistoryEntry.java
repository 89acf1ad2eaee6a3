package lectern.progress.query;

import java.time.Instant;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.representation.PositionView;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingStatus;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * What happened once to a reading, and how it left it.
 *
 * @param cursor restores what it led to
 * @param moved of a report, whether it moved the position
 * @param reported of a report that did not, what it said
 * @param position where it left the reader; absent before the first report
 */
record HistoryEntry(String cursor, String type, int version, Instant occurredAt, Instant receivedAt,
		ReadingStatus status, @Nullable Boolean moved, @Nullable PositionView reported, @Nullable PositionView position,
		@Nullable PositionView furthest) {

	/**
	 * The entry of an event.
	 * @param after the reading as the event left it
	 */
	static HistoryEntry of(Cursor cursor, StoredEvent event, ReadingDocument after) {
		PositionReported report = (event.payload() instanceof PositionReported reported) ? reported : null;
		PositionView unmoved = (report != null && !report.moved())
				? PositionView.of(report.position(), event.receivedAt()) : null;
		return new HistoryEntry(cursor.toString(), event.type(), event.version(), event.occurredAt(),
				event.receivedAt(), after.status(), (report != null) ? report.moved() : null, unmoved, after.position(),
				after.furthest());
	}

}
