package lectern.streaming.live;

import java.util.List;

import lectern.streaming.live.FrameRingBuffer.Slot;
import lectern.streaming.log.Cursor;
import lectern.streaming.server.SseConnection;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * A connection as an {@link EventLoopBroadcaster} serves it. An up-to-date connection
 * shares the broadcaster's position. A lagging one has its own, and reads from the ring
 * or, if that no longer has the position, from the log. Nothing but the position
 * distinguishes the sources, so no event is lost or repeated between them.
 *
 * <p>
 * The methods of the delivery path are final and called on one class, so that they can be
 * inlined.
 */
abstract class BroadcastConnection<E> extends SseConnection {

	/** The result of {@link #deliver} if everything was written. */
	static final long UP_TO_DATE = -1;

	private final LiveStreamContext<E> stream;

	private final StreamFilter<E> filter;

	/** The index in {@link UpToDateConnections}, which maintains it; -1 while lagging. */
	int attachedIndex = -1;

	/** The last batch that was offered; maintained by the broadcaster. */
	long lastBatchNumber;

	/** The last position passed, while lagging. */
	private long position;

	/** The last position that the client knows, while lagging. */
	private long lastSentPosition;

	BroadcastConnection(LiveStreamContext<E> stream, StreamFilter<E> filter) {
		super(stream.meters(), filter.session());
		this.stream = stream;
		this.filter = filter;
	}

	/** Request a page of the log after {@link #position()}. */
	abstract void requestPage(LiveTail<E> tail);

	/** Whether a page of the log has been requested and has not arrived yet. */
	abstract boolean isReadingPage();

	final StreamFilter<E> filter() {
		return this.filter;
	}

	/** The last position passed; only meaningful while lagging. */
	final long position() {
		return this.position;
	}

	final boolean isAttached() {
		return this.attachedIndex >= 0;
	}

	/** Set the own position to one that the client knows. */
	final void moveTo(long knownPosition) {
		this.position = knownPosition;
		this.lastSentPosition = knownPosition;
	}

	/**
	 * Write the next events.
	 * @param slots in order, directly after the broadcaster's position
	 * @param combined all their frames as one; null to write them one by one
	 * @return the last position written if the channel is not writable, else
	 * {@link #UP_TO_DATE}
	 */
	final long deliver(List<Slot<E>> slots, @Nullable SseFrame combined) {
		if (combined != null && this.filter.predicate() == null) {
			if (!isWritable()) {
				return slots.getFirst().previousPosition();
			}
			writeAndFlush(combined);
			return UP_TO_DATE;
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
		return UP_TO_DATE;
	}

	/**
	 * Whether the event has the filter's key, if there is one, and matches the filter.
	 */
	final boolean matches(E event) {
		String key = this.filter.key();
		return (key == null || key.equals(this.stream.key(event))) && this.filter.matches(event);
	}

	/**
	 * Write events after the own position, as long as the channel is writable.
	 * @param target the broadcaster's position
	 * @param buffer to read into
	 * @return whether the connection is up to date now
	 */
	final boolean catchUp(LiveTail<E> tail, long target, List<Slot<E>> buffer) {
		while (!isReadingPage() && isWritable() && this.position < target) {
			int count = tail.ring().read(this.position, buffer);
			if (count == FrameRingBuffer.OVERRUN) {
				requestPage(tail);
				break;
			}
			writeFromRing(buffer, target);
		}
		boolean upToDate = !isReadingPage() && this.position == target;
		if (upToDate && this.lastSentPosition != target) {
			// None of the last events matched; the id tells the client how far it is.
			writeAndRelease(SseFrame.heartbeat(tail.cursor(target)));
		}
		flush();
		return upToDate;
	}

	private void writeFromRing(List<Slot<E>> slots, long target) {
		for (Slot<E> slot : slots) {
			long next = slot.envelope().position();
			if (next <= target && isWritable()) {
				if (matches(slot.envelope().event())) {
					write(slot.frame());
					this.lastSentPosition = next;
				}
				this.position = next;
			}
			slot.frame().release();
		}
	}

	/** Tell the client that the log has been replaced, and continue in the new one. */
	final void onLogReplaced(Cursor current) {
		moveTo(current.position());
		writeReset(current, this.stream.reset(SseFrame.Reset.FOREIGN_EPOCH));
		flush();
	}

	/** Write a reset without flushing. */
	final void writeReset(Cursor current, SseFrame.Reset reset) {
		this.stream.meters().reset(reset.reason());
		writeAndRelease(SseFrame.reset(current, reset));
	}

}
