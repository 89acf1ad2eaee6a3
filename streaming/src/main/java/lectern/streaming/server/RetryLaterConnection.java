package lectern.streaming.server;

import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * A stream that tells its client to come back, and no more: for who would otherwise be
 * refused only because of the moment. An {@code EventSource} gives up for good on any
 * status but 200.
 */
public final class RetryLaterConnection extends SseConnection {

	private final @Nullable String requestedStart;

	/**
	 * @param asked where the client asked to begin, and will again; null if it did not
	 */
	public RetryLaterConnection(StreamMeters meters, @Nullable String asked) {
		super(meters, null);
		this.requestedStart = asked;
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
