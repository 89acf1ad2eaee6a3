package lectern.catalog.change;

import java.time.Instant;

import lectern.streaming.log.Cursor;

import org.springframework.http.ResponseEntity;

/**
 * What is left of a document that was removed: the data of the event that says so.
 *
 * @param version that the removal made
 */
public record Tombstone(String id, long version, Instant removedAt) {

	/** The answer to a removal. */
	public static ResponseEntity<Void> toResponse(Cursor cursor) {
		return ResponseEntity.noContent().header(Cursor.HEADER, cursor.toString()).build();
	}

}
