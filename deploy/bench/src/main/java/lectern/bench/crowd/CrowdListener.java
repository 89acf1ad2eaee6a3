package lectern.bench.crowd;

/**
 * Hears what subscribers get, on the crowd's own threads: what it takes long over, all
 * wait for. One subscriber is always heard on the same thread.
 */
public interface CrowdListener {

	/**
	 * Hear of an event.
	 * @param subscriber the index of the subscriber
	 * @param id its id, which must be copied to be kept
	 * @param nanos when it was read, by {@link System#nanoTime()}
	 */
	void onEvent(int subscriber, EventId id, long nanos);

	/**
	 * Hear that a stream has been answered with 200.
	 * @param subscriber the index of the subscriber
	 */
	default void onOpen(int subscriber) {
	}

	/**
	 * Hear of an event with a name, such as {@code reset} and {@code end}.
	 * @param subscriber the index of the subscriber
	 * @param name the event's name
	 * @param data the last line of its data, if it came after the name
	 */
	default void onNamedEvent(int subscriber, String name, String data) {
	}

	/**
	 * Hear of the id that a subscriber would come back with from now on: after every
	 * frame, also one without an event, and before the event itself is heard of.
	 * @param subscriber the index of the subscriber
	 * @param id which must be copied to be kept; empty before the first
	 */
	default void onLastEventId(int subscriber, EventId id) {
	}

	/** Hear nothing: the crowd only counts. */
	static CrowdListener noOp() {
		return (_, _, _) -> {
		};
	}

}
