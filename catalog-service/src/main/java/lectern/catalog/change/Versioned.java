package lectern.catalog.change;

import lectern.streaming.log.Cursor;
import lectern.web.EntityTag;

import org.springframework.http.ResponseEntity;

/**
 * What was read, and where in the log a stream goes on from it.
 *
 * @param cursor of the very snapshot that the content was read from
 */
public record Versioned<T>(T content, Cursor cursor) {

	/** The answer to the read of one document. */
	public ResponseEntity<T> toResponse(EntityTag tag) {
		return toResponse(tag.toString());
	}

	/** The answer to the read of a list: it stays the same until the log grows. */
	public ResponseEntity<T> toResponse() {
		return toResponse("\"" + this.cursor + "\"");
	}

	private ResponseEntity<T> toResponse(String tag) {
		return ResponseEntity.ok().eTag(tag).header(Cursor.HEADER, this.cursor.toString()).body(this.content);
	}

}
