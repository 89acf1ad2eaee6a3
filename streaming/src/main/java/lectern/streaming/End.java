package lectern.streaming;

/**
 * How a stream ends: what its client is told, and what is counted.
 *
 * @param reason a word for programs, also the tag of the meter
 * @param least milliseconds before the client may come back, at the least
 * @param most the same at the most; 0 to leave it to the client
 */
public record End(String reason, long least, long most) {

	/** The connection has lived long enough; another may begin at once. */
	public static final End AGE = new End("age", 100, 1_000);

	/** The service stops; it is back within seconds. */
	public static final End DRAIN = new End("drain", 1_000, 5_000);

	/** The account may not read this any more. */
	public static final End SIGNED_OUT = new End("signed-out", 0, 0);

	/** All that there was to show has been shown. */
	public static final End FINISHED = new End("finished", 0, 0);

	/** The client left: nobody is told. */
	static final End GONE = new End("gone", 0, 0);

	/** The client took nothing for too long: it would not read what it is told. */
	static final End SLOW = new End("slow", 0, 0);

	/** The client sent more than a request: it is cut off. */
	static final End NOISE = new End("noise", 0, 0);

	boolean isSilent() {
		return this == GONE || this == SLOW || this == NOISE;
	}

}
