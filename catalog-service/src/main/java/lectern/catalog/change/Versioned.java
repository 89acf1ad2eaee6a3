package lectern.catalog.change;

import lectern.streaming.log.Cursor;
import lectern.web.EntityTag;

import org.springframework.http.ResponseEntity;

/**
 * Content that was read, with the cursor from which a stream continues it.
 *
 * @param cursor of the snapshot that the content was read from
 */
public record Versioned<T>(T content, Cursor cursor) {

	/** The response to the read of one document. */
	public ResponseEntity<T> toResponse(EntityTag tag) {
		return toResponse(tag.toString());
	}

	/** The response to the read of a list. Its ETag changes with the log. */
	public ResponseEntity<T> toResponse() {
		return toResponse("\"" + this.cursor + "\"");
	}

	private ResponseEntity<T> toResponse(String tag) {
		return ResponseEntity.ok().eTag(tag).header(Cursor.HEADER, this.cursor.toString()).body(this.content);
	}

}
