package lectern.progress.query;

import lectern.streaming.log.Cursor;

/**
 * What a view showed, and where in the log it stood: a stream opened there goes on from
 * what is shown.
 */
record ReadModelResult<T>(T content, Cursor cursor) {

}
