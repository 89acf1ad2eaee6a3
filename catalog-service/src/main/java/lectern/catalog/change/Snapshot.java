package lectern.catalog.change;

import lectern.streaming.Cursor;
import lectern.web.EntityTag;

import org.springframework.http.ResponseEntity;

/**
 * What was read, and where in the log a stream goes on from it.
 *
 * @param cursor of the very snapshot that the content was read from
 */
public record Snapshot<T>(T content, Cursor cursor) {

	/** The answer to the read of one document. */
	public ResponseEntity<T> answer(EntityTag tag) {
		return answer(tag.toString());
	}

	/** The answer to the read of a list: it stays the same until the log grows. */
	public ResponseEntity<T> answer() {
		return answer("\"" + this.cursor + "\"");
	}

	private ResponseEntity<T> answer(String tag) {
		return ResponseEntity.ok().eTag(tag).header(Cursor.HEADER, this.cursor.toString()).body(this.content);
	}

}
