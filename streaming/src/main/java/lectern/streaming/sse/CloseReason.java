package lectern.streaming.sse;

/**
 * How a stream ends: what its client is told, and what is counted.
 *
 * @param reason a word for programs, also the tag of the meter
 * @param minRetryMillis milliseconds before the client may come back, at the least
 * @param maxRetryMillis the same at the most; 0 to leave it to the client
 */
public record CloseReason(String reason, long minRetryMillis, long maxRetryMillis) {

	/** The connection has lived long enough; another may begin at once. */
	public static final CloseReason AGE = new CloseReason("age", 100, 1_000);

	/** The service stops; it is back within seconds. */
	public static final CloseReason DRAIN = new CloseReason("drain", 1_000, 5_000);

	/** The account may not read this any more. */
	public static final CloseReason SIGNED_OUT = new CloseReason("signed-out", 0, 0);

	/** All that there was to show has been shown. */
	public static final CloseReason FINISHED = new CloseReason("finished", 0, 0);

	/** The client left: nobody is told. */
	public static final CloseReason GONE = new CloseReason("gone", 0, 0);

	/** The client took nothing for too long: it would not read what it is told. */
	public static final CloseReason SLOW = new CloseReason("slow", 0, 0);

	/** The client sent more than a request: it is cut off. */
	public static final CloseReason PROTOCOL_VIOLATION = new CloseReason("protocol-violation", 0, 0);

	public boolean isSilent() {
		return this == GONE || this == SLOW || this == PROTOCOL_VIOLATION;
	}

}
