package lectern.progress.eventlog;

/**
 * A part of a stream. Both ends are given as versions, so that the index of the stream
 * limits the query, however long the stream is and however few of its events are before
 * the position.
 *
 * @param after the version before the first event
 * @param before the version after the last event
 * @param upTo the position in the log of the last event to include
 */
public record StreamSlice(String stream, int after, int before, long upTo) {

	/** All events of a stream up to a position. */
	public static StreamSlice upTo(String stream, long position) {
		return new StreamSlice(stream, 0, Integer.MAX_VALUE, position);
	}

}
