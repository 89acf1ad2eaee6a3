package lectern.progress.catalogreplica;

import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * An event with its place in the catalog's log.
 *
 * @param cursor null if the event had none that could be read
 */
record PositionedCatalogEvent(CatalogEvent event, @Nullable Cursor cursor) {

	/** Return whether this event follows a cursor of its own log. */
	boolean isAfter(Cursor other) {
		return this.cursor == null || this.cursor.position() > other.position();
	}

	boolean isOfOtherLog(Cursor other) {
		return this.cursor != null && !this.cursor.epoch().equals(other.epoch());
	}

}
