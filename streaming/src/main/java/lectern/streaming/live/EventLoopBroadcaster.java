package lectern.streaming.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import lectern.streaming.live.FrameRingBuffer.Slot;
import lectern.streaming.log.Cursor;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * Serves the connections of one stream on one event loop. All up-to-date connections
 * share one position and are written to by one task, however many there are and however
 * often it is scheduled. Lagging connections proceed on their own. Used only on the event
 * loop, except for {@link #schedule()}.
 */
final class EventLoopBroadcaster<E> implements Runnable {

	/** The frames of a batch are written as one up to this size. */
	private static final int MAX_COMBINED_BYTES = 32 * 1024;

	private final LiveStreamContext<E> stream;

	private final EventLoop eventLoop;

	private final UpToDateConnections<E> attached = new UpToDateConnections<>();

	private final Set<BroadcastConnection<E>> lagging = new LinkedHashSet<>();

	private final List<Slot<E>> slots = new ArrayList<>(FrameRingBuffer.MAX_BATCH);

	private final List<Slot<E>> catchUpSlots = new ArrayList<>(FrameRingBuffer.MAX_BATCH);

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private boolean running;

	private LiveTail<E> tail;

	/** The position of all up-to-date connections. */
	private long position;

	private long batchNumber;

	EventLoopBroadcaster(LiveStreamContext<E> stream, EventLoop eventLoop, LiveTail<E> tail) {
		this.stream = stream;
		this.eventLoop = eventLoop;
		this.tail = tail;
		this.position = tail.ring().lastPosition();
	}

	/** Run soon on the event loop, because there may be something to write. */
	void schedule() {
		if (this.scheduled.compareAndSet(false, true)) {
			this.eventLoop.execute(this);
		}
	}

	@Override
	public void run() {
		if (this.running) {
			// A channel may run tasks inside a write. The outer call runs again after it.
			return;
		}
		this.running = true;
		this.scheduled.set(false);
		switchToReplacedLog();
		// One batch per run, so that requests on this event loop are served in between.
		boolean more = deliver();
		catchUp();
		this.running = false;
		if (more || this.scheduled.getAndSet(false)) {
			schedule();
		}
	}

	/** Deliver the next batch; returns whether there may be another one. */
	private boolean deliver() {
		int count = this.tail.ring().read(this.position, this.slots);
		if (count == 0) {
			return false;
		}
		if (count == FrameRingBuffer.OVERRUN) {
			// This event loop was blocked until the ring had overwritten its position.
			this.attached.all().forEach((connection) -> markLagging(connection, this.position));
			this.position = this.tail.ring().lastPosition();
			return true;
		}
		this.batchNumber++;
		deliverToUnkeyed();
		this.slots.forEach(this::deliverToKeyed);
		this.position = this.slots.getLast().envelope().position();
		Instant now = Instant.now();
		this.slots.forEach((slot) -> {
			this.stream.meters().recordDeliveryLag(slot.envelope().receivedAt(), now);
			slot.frame().release();
		});
		return true;
	}

	private void deliverToUnkeyed() {
		if (this.attached.unkeyed().isEmpty()) {
			return;
		}
		SseFrame combined = combinedFrame();
		deliverTo(this.attached.unkeyed(), this.slots, combined);
		if (combined != null) {
			combined.release();
		}
	}

	/** The batch as one frame, to be released; null if it is too large for that. */
	private @Nullable SseFrame combinedFrame() {
		List<SseFrame> frames = this.slots.stream().map(Slot::frame).toList();
		if (frames.size() == 1) {
			return frames.getFirst().retain() ? frames.getFirst() : null;
		}
		int size = frames.stream().mapToInt(SseFrame::size).sum();
		return (size <= MAX_COMBINED_BYTES) ? SseFrame.combine(frames) : null;
	}

	private void deliverToKeyed(Slot<E> slot) {
		String key = this.stream.key(slot.envelope().event());
		List<BroadcastConnection<E>> connections = (key != null) ? this.attached.withKey(key) : null;
		if (connections != null) {
			this.batchNumber++;
			deliverTo(connections, List.of(slot), slot.frame());
		}
	}

	/**
	 * From the last to the first: a connection that leaves during the loop is replaced by
	 * the last one, whose batch number shows that it has been served already.
	 */
	private void deliverTo(List<BroadcastConnection<E>> connections, List<Slot<E>> batch, @Nullable SseFrame combined) {
		for (int index = connections.size() - 1; index >= 0; index--) {
			if (index < connections.size() && connections.get(index).lastBatchNumber != this.batchNumber) {
				BroadcastConnection<E> connection = connections.get(index);
				connection.lastBatchNumber = this.batchNumber;
				long reached = connection.deliver(batch, combined);
				if (reached != BroadcastConnection.UP_TO_DATE && connection.isAttached()) {
					markLagging(connection, reached);
				}
			}
		}
	}

	private void markLagging(BroadcastConnection<E> connection, long reached) {
		this.attached.detach(connection);
		connection.moveTo(reached);
		this.lagging.add(connection);
	}

	private void catchUp() {
		if (this.lagging.isEmpty()) {
			return;
		}
		for (BroadcastConnection<E> connection : List.copyOf(this.lagging)) {
			if (connection.catchUp(this.tail, this.position, this.catchUpSlots) && this.lagging.remove(connection)) {
				this.attached.attach(connection);
			}
		}
	}

	/** If the hub follows another log now, all connections continue in that one. */
	private void switchToReplacedLog() {
		LiveTail<E> current = this.stream.tail();
		if (current != null && current != this.tail) {
			this.tail = current;
			this.position = current.ring().lastPosition();
			Cursor start = current.cursor(this.position);
			this.attached.all().forEach((connection) -> connection.onLogReplaced(start));
			List.copyOf(this.lagging).forEach((connection) -> connection.onLogReplaced(start));
		}
	}

	/**
	 * Serve a connection from now on.
	 * @param start the cursor after which it starts
	 */
	void register(BroadcastConnection<E> connection, Cursor start) {
		if (!start.epoch().equals(this.tail.initialHead().epoch())) {
			connection.onLogReplaced(this.tail.cursor(this.position));
		}
		if (connection.position() == this.position) {
			this.attached.attach(connection);
		}
		else {
			this.lagging.add(connection);
			schedule();
		}
	}

	/** No longer serve a connection. */
	void unregister(BroadcastConnection<E> connection) {
		if (connection.isAttached()) {
			this.attached.detach(connection);
		}
		else {
			this.lagging.remove(connection);
		}
	}

	/** The cursor that a connection has reached. */
	Cursor cursorOf(BroadcastConnection<E> connection) {
		return this.tail.cursor(connection.isAttached() ? this.position : connection.position());
	}

	/** The log that the connections are served from. */
	LiveTail<E> tail() {
		return this.tail;
	}

}
