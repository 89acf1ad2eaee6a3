package lectern.streaming.server;

/** The meters of a stream. The tag {@code stream} is always the route's pattern. */
public enum StreamMeter {

	/** Gauge: open connections. Tag {@code stream}. */
	SUBSCRIBERS("lectern.stream.subscribers"),

	/**
	 * Counter: frames written to connections, including control frames. Tag
	 * {@code stream}.
	 */
	FRAMES("lectern.stream.frames"),

	/**
	 * Timer: from an event's commit until it has been written to all up-to-date
	 * subscribers of an event loop. Tag {@code stream}.
	 */
	DELIVERY_LAG("lectern.stream.delivery.lag"),

	/**
	 * Counter: closed connections. Tags {@code stream} and {@code reason}: {@code age},
	 * {@code drain}, {@code signed-out}, {@code finished} (a replay was sent completely),
	 * {@code error} (what feeds the connection failed), {@code gone} (the client
	 * disconnected), {@code slow} (the client took nothing for 30 s) or
	 * {@code protocol-violation} (the client sent more than a request).
	 */
	CLOSED("lectern.stream.closed"),

	/**
	 * Counter: refused connections. Tags {@code stream} and {@code reason}: the limit
	 * that was reached, {@code all}, {@code stream}, {@code address} or {@code reader}.
	 */
	REFUSED("lectern.stream.refused"),

	/**
	 * Counter: cursors that could not be used. Tags {@code stream} and {@code reason}:
	 * {@code unreadable-cursor}, {@code foreign-epoch} or {@code future-cursor}.
	 */
	RESETS("lectern.stream.resets"),

	/**
	 * Counter: pages read from the log for connections behind the ring, and for replays.
	 * Tag {@code stream}.
	 */
	REPLAY_PAGES("lectern.stream.replay.pages"),

	/** Timer: from an event's commit to its frame in the ring. Tag {@code stream}. */
	FEED_LAG("lectern.feed.lag");

	private final String meterName;

	StreamMeter(String meterName) {
		this.meterName = meterName;
	}

	/** The name in Micrometer's dotted form. */
	public String meterName() {
		return this.meterName;
	}

}
