package lectern.progress.command;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.http.ResponseEntity;

import lectern.progress.document.ReadingDocument;
import lectern.progress.log.Appended;
import lectern.progress.log.StoredEvent;
import lectern.streaming.Cursor;
import lectern.web.EntityTag;

/**
 * What a command led to.
 *
 * @param cursor of the reading's last event
 * @param before the reading as the command found it
 * @param after the reading as the command left it
 */
record Outcome(Cursor cursor, ReadingState before, ReadingState after) {

	static Outcome of(ReadingState before, Appended appended) {
		ReadingState after = before;
		for (StoredEvent event : appended.events()) {
			after = after.after(event);
		}
		return new Outcome(appended.cursor().at(after.lastEvent().position()), before, after);
	}

	/** Whether anything happened. */
	boolean changed() {
		return this.after.version() > this.before.version();
	}

	ReadingDocument reading() {
		return this.after.shown();
	}

	BodyBuilder answer() {
		return answer(HttpStatus.OK);
	}

	/** An answer that says what it led to, but for its content. */
	BodyBuilder answer(HttpStatus status) {
		return ResponseEntity.status(status)
			.eTag(new EntityTag(this.after.version()).toString())
			.header(Cursor.HEADER, this.cursor.toString());
	}

	StoredEvent last() {
		return this.after.lastEvent();
	}

}
