package lectern.streaming.live;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import lectern.streaming.live.FrameRingBuffer.Slot;
import lectern.streaming.log.Cursor;
import lectern.streaming.server.SseConnection;
import lectern.streaming.sse.CloseReason;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * A place in a stream that moves as fast as its client reads. Who keeps up has the place
 * that its audience has; who does not has its own, in the ring or, older than that, in
 * the log. There is no seam, because the place is all there is.
 */
final class LiveConnection<E> extends SseConnection {

	/** What {@link #deliver} answers to who took everything. */
	static final long CAUGHT_UP = -1;

	/** Milliseconds until the log is asked again when it could not be read. */
	private static final long RETRY_DELAY_MILLIS = 1_000;

	private final Hub<E> hub;

	private final StreamFilter<E> filter;

	private final StartPositionResolver.StartPosition startPosition;

	private @Nullable EventLoopBroadcaster<E> broadcaster;

	/** Index among those that keep up; negative for who does not. */
	int broadcastIndex = -1;

	/** The last batch it was offered. */
	long lastBatchNumber;

	/** Where it is, unless it keeps up. */
	private long position;

	/** The last place that its client was told of while it did not keep up. */
	private long lastSentPosition;

	/** Whether a page of the log is on its way. */
	private boolean readingPage;

	/** When the log may be asked again. */
	private long retryAt;

	LiveConnection(Hub<E> hub, StreamFilter<E> subscription, StartPositionResolver.StartPosition start) {
		super(hub.meters(), subscription.sessionEnd());
		this.hub = hub;
		this.filter = subscription;
		this.startPosition = start;
		this.position = start.cursor().position();
		this.lastSentPosition = this.position;
	}

	StreamFilter<E> filter() {
		return this.filter;
	}

	/** Where it is, unless it keeps up. */
	long position() {
		return this.position;
	}

	@Override
	protected void onOpen() {
		writeAndRelease(SseFrame.opening(this.startPosition.cursor()));
		SseFrame.Reset reset = this.startPosition.reset();
		if (reset != null) {
			reset(this.startPosition.cursor(), reset);
		}
		EventLoopBroadcaster<E> among = this.hub.broadcaster(eventLoop());
		if (among == null) {
			end(CloseReason.DRAIN);
			return;
		}
		this.broadcaster = among;
		among.register(this, this.startPosition.cursor());
	}

	/**
	 * Take what is new.
	 * @param slots in order, after what was taken before
	 * @param together their frames as one; null if each is to be taken by itself
	 * @return the place if it could not take all; {@link #CAUGHT_UP} if it did
	 */
	long deliver(List<Slot<E>> slots, @Nullable SseFrame together) {
		if (together != null && this.filter.predicate() == null) {
			if (!isWritable()) {
				return slots.getFirst().previousPosition();
			}
			writeAndFlush(together);
			return CAUGHT_UP;
		}
		for (Slot<E> slot : slots) {
			if (matches(slot.envelope().event())) {
				if (!isWritable()) {
					flush();
					return slot.previousPosition();
				}
				write(slot.frame());
			}
		}
		flush();
		return CAUGHT_UP;
	}

	/** Whether an event is for it: of its key, if it has one, and wanted. */
	boolean matches(E event) {
		String key = this.filter.key();
		return (key == null || key.equals(this.hub.key(event))) && this.filter.matches(event);
	}

	void markLagging(long at) {
		this.position = at;
		this.lastSentPosition = at;
	}

	/**
	 * Go on from its own place, as far as the client takes it.
	 * @param seen where those are that keep up
	 * @param spare to read into
	 * @return whether it keeps up from now on
	 */
	boolean catchUp(LiveTail<E> log, long seen, List<Slot<E>> spare) {
		while (!this.readingPage && isWritable() && this.position < seen) {
			int count = log.ring().read(this.position, spare);
			if (count == FrameRingBuffer.OVERRUN) {
				requestPage(log);
				break;
			}
			writeCatchUp(spare, seen);
		}
		boolean keepsUp = !this.readingPage && this.position == seen;
		if (keepsUp && this.lastSentPosition != seen) {
			// It wanted none of the last events; its client learns that it has caught up.
			writeAndRelease(SseFrame.heartbeat(log.cursor(seen)));
		}
		flush();
		return keepsUp;
	}

	private void writeCatchUp(List<Slot<E>> slots, long seen) {
		for (Slot<E> slot : slots) {
			long next = slot.envelope().position();
			if (next <= seen && isWritable()) {
				if (matches(slot.envelope().event())) {
					write(slot.frame());
					this.lastSentPosition = next;
				}
				this.position = next;
			}
			slot.frame().release();
		}
	}

	/** What is too old for the ring comes from the log, a page at a time. */
	private void requestPage(LiveTail<E> log) {
		if (now() >= this.retryAt) {
			this.readingPage = true;
			this.hub.requestPage(this, log);
		}
	}

	/**
	 * A page of a log has come.
	 * @param page null if the log could not be read
	 */
	void onPageRead(LiveTail<E> log, @Nullable CatchUpPage page) {
		this.readingPage = false;
		if (page == null || this.broadcaster == null || this.broadcaster.tail() != log) {
			this.retryAt = now() + RETRY_DELAY_MILLIS + ThreadLocalRandom.current().nextLong(RETRY_DELAY_MILLIS);
			return;
		}
		this.position = page.position();
		this.lastSentPosition = page.position();
		writeAndRelease(page.frame());
		flush();
		onWritable();
	}

	/** The log is another one from now on. */
	void onLogReplaced(Cursor current, SseFrame.Reset reset) {
		this.position = current.position();
		this.lastSentPosition = current.position();
		reset(current, reset);
		flush();
	}

	private void reset(Cursor current, SseFrame.Reset reset) {
		this.hub.meters().reset(reset.reason());
		writeAndRelease(SseFrame.reset(current, reset));
	}

	@Override
	protected void onWritable() {
		if (this.broadcaster != null) {
			this.broadcaster.schedule();
		}
	}

	/** Every look at the time is also one at the log, should that have failed before. */
	@Override
	protected void onTick() {
		if (this.broadcastIndex < 0 && !this.readingPage) {
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
