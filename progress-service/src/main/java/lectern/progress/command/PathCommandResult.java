package lectern.progress.command;

import lectern.progress.pathprogress.PathState;
import lectern.progress.pathprogress.PathStateDocument;
import lectern.streaming.log.Cursor;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;

/**
 * The result of a command on a path.
 *
 * @param cursor the cursor of the last new event; without new events, a cursor of the log
 * from before the state was loaded
 * @param state the state of the path including the new events
 * @param changed whether there are new events
 */
record PathCommandResult(Cursor cursor, PathState state, boolean changed) {

	/** A response with the headers of this result, without a body. */
	BodyBuilder response(HttpStatus status) {
		return ResponseEntity.status(status)
			.eTag(this.state.entityTag().toString())
			.header(Cursor.HEADER, this.cursor.toString());
	}

	PathStateDocument document() {
		return PathStateDocument.of(this.state);
	}

}
