package lectern.progress.query;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import lectern.streaming.Cursor;

/**
 * From where the past is looked at.
 *
 * @param cursor only what had been received there is known
 * @param until of that, only what had occurred by then is told, in the order in which it
 * did; null to tell what was made of it
 */
record Vantage(Cursor cursor, @Nullable Instant until) {

	/** What a view showed at a place in the log. */
	static Vantage at(Cursor cursor) {
		return new Vantage(cursor, null);
	}

}
