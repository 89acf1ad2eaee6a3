package lectern.bench.crowd;

/**
 * Is called with what subscribers receive, on the crowd's event loops: a slow listener
 * delays all subscribers. For one subscriber it is always called on the same thread.
 */
public interface CrowdListener {

	/**
	 * An event without a name was received.
	 * @param subscriber the index of the subscriber
	 * @param id the event's id, which is valid during the call only
	 * @param nanos when it was read, by {@link System#nanoTime()}
	 */
	void onEvent(int subscriber, EventId id, long nanos);

	/**
	 * A stream was answered with 200.
	 * @param subscriber the index of the subscriber
	 */
	default void onOpen(int subscriber) {
	}

	/**
	 * An event with a name, such as {@code reset} or {@code end}, was received.
	 * @param subscriber the index of the subscriber
	 * @param name the event's name
	 * @param data the last line of its data; empty if all data preceded the name
	 */
	default void onNamedEvent(int subscriber, String name, String data) {
	}

	/**
	 * A frame was received, with or without an event. Called before the method for the
	 * event.
	 * @param subscriber the index of the subscriber
	 * @param id the id that the subscriber would reconnect with from now on, which is
	 * valid during the call only; empty before the first id
	 */
	default void onLastEventId(int subscriber, EventId id) {
	}

	/** Return a listener that ignores everything; the crowd still counts. */
	static CrowdListener noOp() {
		return (_, _, _) -> {
		};
	}

}
