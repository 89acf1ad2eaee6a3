package lectern.progress.command;

import lectern.progress.pathprogress.PathState;
import lectern.progress.pathprogress.PathStateDocument;
import lectern.streaming.log.Cursor;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;

/**
 * What a command on a path led to.
 *
 * @param cursor of the last event, or of the log where nothing had to happen
 * @param state the new events in it
 * @param changed whether there are new ones
 */
record PathCommandResult(Cursor cursor, PathState state, boolean changed) {

	/** An answer that says what it led to, but for its content. */
	BodyBuilder response(HttpStatus status) {
		return ResponseEntity.status(status)
			.eTag(this.state.entityTag().toString())
			.header(Cursor.HEADER, this.cursor.toString());
	}

	PathStateDocument document() {
		return PathStateDocument.of(this.state);
	}

}
