package lectern.catalog.change;

import java.time.Instant;

import lectern.streaming.log.Cursor;

import org.springframework.http.ResponseEntity;

/**
 * What remains of a removed document: the data of the event of its removal.
 *
 * @param version the version that the removal made
 */
public record Tombstone(String id, long version, Instant removedAt) {

	/** The response to a removal: 204 with the cursor of the change. */
	public static ResponseEntity<Void> toResponse(Cursor cursor) {
		return ResponseEntity.noContent().header(Cursor.HEADER, cursor.toString()).build();
	}

}
