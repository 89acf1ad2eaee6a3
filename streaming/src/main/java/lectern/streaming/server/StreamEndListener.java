package lectern.streaming.server;

import java.time.Duration;

import lectern.streaming.sse.CloseReason;

/** Is told of each stream that has ended, once its response had begun. */
@FunctionalInterface
public interface StreamEndListener {

	/** Does nothing. */
	StreamEndListener NONE = (_, _, _, _, _) -> {
	};

	/**
	 * A stream has ended. Called on the event loop of its client.
	 * @param requestId the id of the request
	 * @param stream the pattern of its route
	 * @param reason why it has ended
	 * @param open how long it was open
	 * @param bytes the size of the frames that were written
	 */
	void onEnd(String requestId, String stream, CloseReason reason, Duration open, long bytes);

}
