package lectern.streaming.live;

import lectern.streaming.server.SseConnection;
import lectern.streaming.server.StreamMeters;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * A connection that only tells its client to reconnect later. It replaces an error
 * response to a temporary failure, because an {@code EventSource} gives up for good on
 * any status but 200.
 */
final class RetryLaterConnection extends SseConnection {

	private final @Nullable String requestedStart;

	/**
	 * @param requestedStart where the client asked to start, repeated so that it can ask
	 * again; null if it did not ask
	 */
	RetryLaterConnection(StreamMeters meters, @Nullable String requestedStart) {
		super(meters, null);
		this.requestedStart = requestedStart;
	}

	@Override
	protected void onOpen() {
		writeAndRelease(SseFrame.opening(this.requestedStart));
		end(CloseReason.DRAIN);
	}

	@Override
	protected SseFrame heartbeat() {
		return SseFrame.comment();
	}

	@Override
	protected void onClose() {
	}

}
