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
 * What a command led to.
 *
 * @param cursor of the reading's last event
 * @param before the reading as the command found it
 * @param after the reading as the command left it
 */
record CommandResult(Cursor cursor, ReadingState before, ReadingState after) {

	static CommandResult of(ReadingState before, AppendResult appended) {
		ReadingState after = before;
		for (StoredEvent event : appended.events()) {
			after = after.after(event);
		}
		return new CommandResult(appended.cursor().at(after.lastEvent().position()), before, after);
	}

	/** Whether anything happened. */
	boolean changed() {
		return this.after.version() > this.before.version();
	}

	ReadingDocument reading() {
		return this.after.requireDocument();
	}

	BodyBuilder response() {
		return response(HttpStatus.OK);
	}

	/** An answer that says what it led to, but for its content. */
	BodyBuilder response(HttpStatus status) {
		return ResponseEntity.status(status)
			.eTag(new EntityTag(this.after.version()).toString())
			.header(Cursor.HEADER, this.cursor.toString());
	}

	StoredEvent lastEvent() {
		return this.after.lastEvent();
	}

}
