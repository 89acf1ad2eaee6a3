package lectern.streaming.server;

/** Every meter of a stream; {@code stream} is always the route's pattern. */
public enum StreamMeter {

	/** Gauge: connections that are open. Tag {@code stream}. */
	SUBSCRIBERS("lectern.stream.subscribers"),

	/** Counter: frames written to connections, control frames too. Tag {@code stream}. */
	FRAMES("lectern.stream.frames"),

	/**
	 * Timer: from an event's commit until it had been written to all subscribers of an
	 * event loop that keep up. Tag {@code stream}.
	 */
	DELIVERY_LAG("lectern.stream.delivery.lag"),

	/**
	 * Counter: connections that ended. Tags {@code stream} and {@code reason}:
	 * {@code age}, {@code drain}, {@code signed-out}, {@code finished} (all of a replay
	 * was played), {@code gone} (the client left), {@code slow} (it took nothing for 30
	 * s) or {@code protocol-violation} (it sent more than a request).
	 */
	CLOSED("lectern.stream.closed"),

	/**
	 * Counter: connections that got no place. Tags {@code stream} and {@code reason}:
	 * {@code all}, {@code address} or {@code reader}, whichever limit it was.
	 */
	REFUSED("lectern.stream.refused"),

	/**
	 * Counter: cursors that could not be taken up. Tags {@code stream} and
	 * {@code reason}: {@code unreadable-cursor}, {@code foreign-epoch} or
	 * {@code future-cursor}.
	 */
	RESETS("lectern.stream.resets"),

	/**
	 * Counter: pages read from the log for connections behind the ring. Tag
	 * {@code stream}.
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
