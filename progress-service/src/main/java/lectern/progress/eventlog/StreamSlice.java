package lectern.progress.eventlog;

/**
 * A part of a stream. To name both ends by versions keeps a look at it short, however
 * long the stream is and however little of it lies before the position.
 *
 * @param after the version before the first event wanted
 * @param before the version after the last that may be given
 * @param upTo the position in the log of the last that may be given
 */
public record StreamSlice(String stream, int after, int before, long upTo) {

	/** A stream from its first event on. */
	public static StreamSlice upTo(String stream, long position) {
		return new StreamSlice(stream, 0, Integer.MAX_VALUE, position);
	}

}
