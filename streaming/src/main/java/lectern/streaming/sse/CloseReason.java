package lectern.streaming.sse;

/** Why a connection is closed: the reason told to the client and counted by the meter. */
public enum CloseReason {

	/** The connection reached its maximum age; the client may reconnect at once. */
	AGE("age", 100, 1_000),

	/** The service stops; it is expected back within seconds. */
	DRAIN("drain", 1_000, 5_000),

	/** The account may no longer read this stream. */
	SIGNED_OUT("signed-out"),

	/** Everything has been sent. */
	FINISHED("finished"),

	/** What feeds the connection failed. */
	ERROR("error", 2_000, 5_000),

	/** The client disconnected. */
	GONE("gone", true),

	/** The client read nothing for too long, so it would not read an end event either. */
	SLOW("slow", true),

	/** The client sent more than its request. */
	PROTOCOL_VIOLATION("protocol-violation", true);

	private final String reason;

	private final long minRetryMillis;

	private final long maxRetryMillis;

	private final boolean silent;

	CloseReason(String reason) {
		this(reason, 0, 0, false);
	}

	CloseReason(String reason, boolean silent) {
		this(reason, 0, 0, silent);
	}

	CloseReason(String reason, long minRetryMillis, long maxRetryMillis) {
		this(reason, minRetryMillis, maxRetryMillis, false);
	}

	CloseReason(String reason, long minRetryMillis, long maxRetryMillis, boolean silent) {
		this.reason = reason;
		this.minRetryMillis = minRetryMillis;
		this.maxRetryMillis = maxRetryMillis;
		this.silent = silent;
	}

	/** The text in the end event and in the meter's tag. */
	public String reason() {
		return this.reason;
	}

	/** Whether the client gets no end event. */
	public boolean isSilent() {
		return this.silent;
	}

	/** The shortest reconnection delay in milliseconds. */
	long minRetryMillis() {
		return this.minRetryMillis;
	}

	/** The longest reconnection delay in milliseconds; 0 leaves it to the client. */
	long maxRetryMillis() {
		return this.maxRetryMillis;
	}

}
