package lectern.progress.command;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.http.ResponseEntity;

import lectern.progress.document.ReadingDocument;
import lectern.progress.log.StoredEvent;
import lectern.streaming.Cursor;
import lectern.web.EntityTag;

/**
 * What a command led to.
 *
 * @param cursor of the last event
 * @param events all of the reading, the new ones last
 * @param changed whether there are new ones
 */
record Outcome(Cursor cursor, List<StoredEvent> events, boolean changed) {

	ReadingDocument reading() {
		return ReadingDocument.of(this.events);
	}

	BodyBuilder answer() {
		return answer(HttpStatus.OK);
	}

	/** An answer that says what it led to, but for its content. */
	BodyBuilder answer(HttpStatus status) {
		return ResponseEntity.status(status)
			.eTag(new EntityTag(last().version()).toString())
			.header(Cursor.HEADER, this.cursor.toString());
	}

	StoredEvent last() {
		return this.events.getLast();
	}

}
