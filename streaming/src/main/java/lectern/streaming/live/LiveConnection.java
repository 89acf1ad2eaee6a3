package lectern.streaming.live;

import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.channel.EventLoop;
import lectern.streaming.live.StartPositionResolver.StartPosition;
import lectern.streaming.log.Cursor;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection to a live stream: registers with the broadcaster of its event
 * loop, and reads pages of the log while its position is not in the ring.
 */
final class LiveConnection<E> extends BroadcastConnection<E> {

	/** The shortest time in milliseconds before a failed read of the log is repeated. */
	private static final long RETRY_DELAY_MILLIS = 1_000;

	private final StartPosition start;

	private final EventLoopBroadcasters<E> broadcasters;

	private final CatchUpReader<E> catchUpReader;

	private @Nullable EventLoopBroadcaster<E> broadcaster;

	private boolean readingPage;

	/** No page is requested before this time. */
	private long retryAt;

	LiveConnection(LiveStreamContext<E> stream, StreamFilter<E> filter, StartPosition start,
			EventLoopBroadcasters<E> broadcasters, CatchUpReader<E> catchUpReader) {
		super(stream, filter, start.cursor());
		this.start = start;
		this.broadcasters = broadcasters;
		this.catchUpReader = catchUpReader;
	}

	@Override
	protected void onOpen() {
		Cursor cursor = this.start.cursor();
		writeAndRelease(SseFrame.opening(cursor));
		SseFrame.Reset reset = this.start.reset();
		if (reset != null) {
			writeReset(cursor, reset);
		}
		EventLoopBroadcaster<E> own = this.broadcasters.forEventLoop(eventLoop());
		if (own == null) {
			end(CloseReason.DRAIN);
			return;
		}
		this.broadcaster = own;
		own.register(this, cursor);
	}

	@Override
	void requestPage(LiveTail<E> tail) {
		if (now() >= this.retryAt) {
			this.readingPage = true;
			EventLoop eventLoop = eventLoop();
			this.catchUpReader.request(new CatchUpReader.CatchUpRequest<>(tail, filter().eventReader(), this::matches,
					position(), (page) -> eventLoop.execute(() -> onPageRead(tail, page)), ended()));
		}
	}

	@Override
	boolean isReadingPage() {
		return this.readingPage;
	}

	/**
	 * Write a page of the log.
	 * @param page null if the log could not be read
	 */
	private void onPageRead(LiveTail<E> tail, @Nullable CatchUpPage page) {
		this.readingPage = false;
		if (page == null || this.broadcaster == null || this.broadcaster.tail() != tail) {
			this.retryAt = now() + RETRY_DELAY_MILLIS + ThreadLocalRandom.current().nextLong(RETRY_DELAY_MILLIS);
			return;
		}
		moveTo(page.position());
		writeAndRelease(page.frame());
		flush();
		onWritable();
	}

	@Override
	protected void onWritable() {
		if (this.broadcaster != null) {
			this.broadcaster.schedule();
		}
	}

	/** Repeats a failed read of the log. */
	@Override
	protected void onTick() {
		if (!isAttached() && !this.readingPage) {
			onWritable();
		}
	}

	@Override
	protected SseFrame heartbeat() {
		return SseFrame.heartbeat(Objects.requireNonNull(this.broadcaster).cursorOf(this));
	}

	@Override
	protected void onClose() {
		if (this.broadcaster != null) {
			this.broadcaster.unregister(this);
		}
	}

}
