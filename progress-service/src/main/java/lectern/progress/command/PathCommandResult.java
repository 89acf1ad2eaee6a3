package lectern.progress.command;

import java.util.ArrayList;
import java.util.List;

import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.StoredEvent;
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

	/** A position after all positions of the log. */
	private static final long UNSTORED_POSITION = Long.MAX_VALUE;

	/**
	 * The result of a command before its events are appended. Its cursor is only right if
	 * there are none.
	 */
	static PathCommandResult expected(LoadedPath before, List<NewEvent> events) {
		List<StoredEvent> expected = new ArrayList<>();
		for (NewEvent event : events) {
			expected.add(new StoredEvent(UNSTORED_POSITION, before.state().stream().toString(),
					before.version() + 1 + expected.size(), event.reader(), "expected", event.book(),
					event.occurredAt(), event.occurredAt(), event.payload()));
		}
		return new PathCommandResult(before.cursor(), before.state().withEvents(expected), !events.isEmpty());
	}

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
