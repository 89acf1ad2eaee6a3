package lectern.streaming.live;

import java.util.concurrent.ThreadLocalRandom;

import io.netty.channel.EventLoop;
import lectern.streaming.live.StartPositionResolver.PendingStart;
import lectern.streaming.live.StartPositionResolver.StartPosition;
import lectern.streaming.log.Cursor;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A client's connection to a live stream: registers with the broadcaster of its event
 * loop, and reads pages of the log while its position is not in the ring. It may open
 * before its position is known, and registers later then.
 */
final class LiveConnection<E> extends BroadcastConnection<E> {

	/** The shortest time in milliseconds before a failed read of the log is repeated. */
	private static final long RETRY_DELAY_MILLIS = 1_000;

	/** Null once the position is known. */
	private @Nullable PendingStart pendingStart;

	private @Nullable StartPosition start;

	private final EventLoopBroadcasters<E> broadcasters;

	private final CatchUpReader<E> catchUpReader;

	private @Nullable EventLoopBroadcaster<E> broadcaster;

	private boolean readingPage;

	/** No page is requested before this time. */
	private long retryAt;

	LiveConnection(LiveStreamContext<E> stream, StreamFilter<E> filter, StartPosition start,
			EventLoopBroadcasters<E> broadcasters, CatchUpReader<E> catchUpReader) {
		super(stream, filter);
		this.start = start;
		this.broadcasters = broadcasters;
		this.catchUpReader = catchUpReader;
	}

	LiveConnection(LiveStreamContext<E> stream, StreamFilter<E> filter, PendingStart start,
			EventLoopBroadcasters<E> broadcasters, CatchUpReader<E> catchUpReader) {
		super(stream, filter);
		this.pendingStart = start;
		this.broadcasters = broadcasters;
		this.catchUpReader = catchUpReader;
	}

	@Override
	protected void onOpen() {
		StartPosition known = this.start;
		writeAndRelease((known != null) ? SseFrame.opening(known.cursor()) : SseFrame.opening(pendingId()));
		if (known != null) {
			this.start = null;
			startAt(known);
		}
	}

	private @Nullable String pendingId() {
		return (this.pendingStart != null) ? this.pendingStart.id() : null;
	}

	/** Waits for the position if it is not known yet. */
	@Override
	protected @Nullable Mono<Void> feed() {
		PendingStart pending = this.pendingStart;
		return (pending == null) ? null
				: pending.position().publishOn(Schedulers.fromExecutor(eventLoop())).doOnNext(this::startLate).then();
	}

	private void startLate(StartPosition known) {
		this.pendingStart = null;
		if (known.reset() == null) {
			writeAndRelease(SseFrame.heartbeat(known.cursor()));
		}
		startAt(known);
		flush();
	}

	private void startAt(StartPosition known) {
		Cursor cursor = known.cursor();
		SseFrame.Reset reset = known.reset();
		if (reset != null) {
			writeReset(cursor, reset);
		}
		moveTo(cursor.position());
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
		if (this.broadcaster != null && !isAttached() && !this.readingPage) {
			onWritable();
		}
	}

	@Override
	protected SseFrame heartbeat() {
		return SseFrame.heartbeat(lastEventId());
	}

	@Override
	protected @Nullable String lastEventId() {
		return (this.broadcaster != null) ? this.broadcaster.cursorOf(this).toString() : pendingId();
	}

	@Override
	protected void onClose() {
		if (this.broadcaster != null) {
			this.broadcaster.unregister(this);
		}
	}

}
