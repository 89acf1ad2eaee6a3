package lectern.progress.query;

import lectern.streaming.log.Cursor;

/**
 * The result of a query together with the cursor up to which the read model had applied
 * the log. A stream opened at this cursor continues where the content ends.
 */
record ReadModelResult<T>(T content, Cursor cursor) {

}
