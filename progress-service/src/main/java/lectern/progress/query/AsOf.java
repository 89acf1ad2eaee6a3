package lectern.progress.query;

import java.time.Instant;

import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The point in time that a query of the past refers to.
 *
 * @param cursor only events up to this cursor are taken into account
 * @param until of those, only events that occurred by this instant, in the order in which
 * they occurred; null to fold all of them in the order of the log
 */
record AsOf(Cursor cursor, @Nullable Instant until) {

	/**
	 * Return the point in time at which a read model had applied the log up to a cursor.
	 */
	static AsOf at(Cursor cursor) {
		return new AsOf(cursor, null);
	}

}
