package lectern.progress.command;

import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.representation.ReadingDocument;
import lectern.streaming.log.Cursor;
import lectern.web.EntityTag;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;

/**
 * The result of a command on a reading.
 *
 * @param cursor the cursor of the last event of the reading
 * @param before the reading before the command
 * @param after the reading after the command
 */
record ReadingCommandResult(Cursor cursor, ReadingState before, ReadingState after) {

	static ReadingCommandResult of(ReadingState before, AppendResult appended) {
		ReadingState after = before;
		for (StoredEvent event : appended.events()) {
			after = after.after(event);
		}
		return new ReadingCommandResult(appended.cursor().at(after.lastEvent().position()), before, after);
	}

	/** Whether there are new events. */
	boolean changed() {
		return this.after.version() > this.before.version();
	}

	ReadingDocument reading() {
		return this.after.requireDocument();
	}

	BodyBuilder response() {
		return response(HttpStatus.OK);
	}

	/** A response with the headers of this result, without a body. */
	BodyBuilder response(HttpStatus status) {
		return ResponseEntity.status(status)
			.eTag(new EntityTag(this.after.version()).toString())
			.header(Cursor.HEADER, this.cursor.toString());
	}

	StoredEvent lastEvent() {
		return this.after.lastEvent();
	}

}
