package lectern.progress.command;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;

import lectern.progress.path.PathDocument;
import lectern.progress.path.Standing;
import lectern.streaming.Cursor;

/**
 * What a command on a path led to.
 *
 * @param cursor of the last event, or of the log where nothing had to happen
 * @param standing the new events in it
 * @param changed whether there are new ones
 */
record PathOutcome(Cursor cursor, Standing standing, boolean changed) {

	/** An answer that says what it led to, but for its content. */
	BodyBuilder answer(HttpStatus status) {
		return ResponseEntity.status(status)
			.eTag(this.standing.tag().toString())
			.header(Cursor.HEADER, this.cursor.toString());
	}

	PathDocument document() {
		return PathDocument.of(this.standing);
	}

}
