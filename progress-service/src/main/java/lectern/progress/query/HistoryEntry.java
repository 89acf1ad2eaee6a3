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
 * One event of a reading, with the state after it.
 *
 * @param cursor of the event; a restore to it restores this position
 * @param moved for reports: whether the report moved the position
 * @param reported for reports that did not move the position: the reported position
 * @param position the position after the event; absent before the first report
 * @param furthest the furthest position after the event
 */
record HistoryEntry(String cursor, String type, int version, Instant occurredAt, Instant receivedAt,
		ReadingStatus status, @Nullable Boolean moved, @Nullable PositionView reported, @Nullable PositionView position,
		@Nullable PositionView furthest) {

	/**
	 * Create the entry of an event.
	 * @param after the reading after the event
	 */
	static HistoryEntry of(Cursor cursor, StoredEvent event, ReadingDocument after) {
		PositionReported report = (event.payload() instanceof PositionReported reported) ? reported : null;
		PositionView reportedPosition = (report != null && !report.moved())
				? PositionView.of(report.position(), event.receivedAt()) : null;
		return new HistoryEntry(cursor.toString(), event.type(), event.version(), event.occurredAt(),
				event.receivedAt(), after.status(), (report != null) ? report.moved() : null, reportedPosition,
				after.position(), after.furthest());
	}

}
