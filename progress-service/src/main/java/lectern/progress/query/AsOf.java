package lectern.progress.query;

import java.time.Instant;

import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * From where the past is looked at.
 *
 * @param cursor only what had been received there is known
 * @param until of that, only what had occurred by then is told, in the order in which it
 * did; null to tell what was made of it
 */
record AsOf(Cursor cursor, @Nullable Instant until) {

	/** What a view showed at a place in the log. */
	static AsOf at(Cursor cursor) {
		return new AsOf(cursor, null);
	}

}
