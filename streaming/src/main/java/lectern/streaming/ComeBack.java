package lectern.streaming;

import org.jspecify.annotations.Nullable;

/**
 * A stream that tells its client to come back, and no more: for who would otherwise be
 * refused only because of the moment. An {@code EventSource} gives up for good on any
 * status but 200.
 */
final class ComeBack extends Connection {

	private final @Nullable String asked;

	/**
	 * @param asked where the client asked to begin, and will again; null if it did not
	 */
	ComeBack(StreamMeters meters, @Nullable String asked) {
		super(meters, null);
		this.asked = asked;
	}

	@Override
	protected void begin() {
		writeOwn(Frame.opening(this.asked));
		end(End.DRAIN);
	}

	@Override
	protected Frame heartbeat() {
		return Frame.comment();
	}

	@Override
	protected void left() {
	}

}
