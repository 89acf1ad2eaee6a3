package lectern.progress.readerexport;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import lectern.progress.eventlog.RawEvent;
import lectern.progress.pathprogress.PathStreamId;
import org.jspecify.annotations.Nullable;

/**
 * A line of an export: an event of a reading or of a path. It has no cursor, which would
 * have no meaning in another log.
 *
 * @param type the stored name of the type
 * @param reading the id of the reading; null for an event of a path
 * @param path the id of the path; null for an event of a reading
 * @param book the id of the book; null for an event of a path
 * @param receivedAt when it was received, of an imported event by the first log
 * @param data the stored event, as JSON
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportedEvent(String type, @Nullable String reading, @Nullable String path, @Nullable String book,
		Instant occurredAt, Instant receivedAt, @JsonRawValue String data) {

	static ExportedEvent of(RawEvent event) {
		String path = PathStreamId.parse(event.reader(), event.stream()).map(PathStreamId::path).orElse(null);
		OriginalReceipt receipt = OriginalReceipt.of(event.data(), event.receivedAt());
		return new ExportedEvent(event.type(), (path != null) ? null : event.stream(), path, event.book(),
				event.occurredAt(), receipt.receivedAt(), receipt.data());
	}

}
