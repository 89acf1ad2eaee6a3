package lectern.streaming.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import lectern.streaming.live.FrameRingBuffer.Slot;
import lectern.streaming.log.Cursor;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one stream on one event loop. Those that keep up share one place and
 * are served together, by one task however many there are and however often it is asked
 * for; the others go on by themselves. Used on the event loop alone, but for
 * {@link #schedule()}.
 */
final class EventLoopBroadcaster<E> implements Runnable {

	/** Frames of a batch are written as one up to this size. */
	private static final int MAX_COMBINED_BYTES = 32 * 1024;

	private final Hub<E> hub;

	private final EventLoop eventLoop;

	private final List<LiveConnection<E>> unkeyedConnections = new ArrayList<>();

	private final Map<String, List<LiveConnection<E>>> connectionsByKey = new HashMap<>();

	private final Set<LiveConnection<E>> laggingConnections = new LinkedHashSet<>();

	private final List<Slot<E>> slots = new ArrayList<>(FrameRingBuffer.MAX_BATCH);

	private final List<Slot<E>> catchUpSlots = new ArrayList<>(FrameRingBuffer.MAX_BATCH);

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private boolean running;

	private LiveTail<E> tail;

	/** The place of all that keep up. */
	private long position;

	private long batchNumber;

	EventLoopBroadcaster(Hub<E> hub, EventLoop loop, LiveTail<E> log) {
		this.hub = hub;
		this.eventLoop = loop;
		this.tail = log;
		this.position = log.ring().lastPosition();
	}

	/** There may be something to do. */
	void schedule() {
		if (this.scheduled.compareAndSet(false, true)) {
			this.eventLoop.execute(this);
		}
	}

	@Override
	public void run() {
		if (this.running) {
			// A channel that runs tasks while it is written to: what it asks for comes
			// after.
			return;
		}
		this.running = true;
		this.scheduled.set(false);
		switchToReplacedLog();
		// One batch at a time: requests on this loop take their turns in between.
		boolean more = deliver();
		catchUp();
		this.running = false;
		if (more || this.scheduled.getAndSet(false)) {
			schedule();
		}
	}

	/** Whether there may be more. */
	private boolean deliver() {
		int count = this.tail.ring().read(this.position, this.slots);
		if (count == 0) {
			return false;
		}
		if (count == FrameRingBuffer.OVERRUN) {
			// This loop was held up for longer than the ring is long.
			connections().stream()
				.filter((one) -> one.broadcastIndex >= 0)
				.forEach((one) -> markLagging(one, this.position));
			this.position = this.tail.ring().lastPosition();
			return true;
		}
		this.batchNumber++;
		deliverToUnkeyed();
		this.slots.forEach(this::deliverToKeyed);
		this.position = this.slots.getLast().envelope().position();
		Instant now = Instant.now();
		this.slots.forEach((slot) -> {
			this.hub.meters().recordDeliveryLag(slot.envelope().receivedAt(), now);
			slot.frame().release();
		});
		return true;
	}

	private void deliverToUnkeyed() {
		if (this.unkeyedConnections.isEmpty()) {
			return;
		}
		SseFrame together = combinedFrame();
		deliverTo(this.unkeyedConnections, this.slots, together);
		if (together != null) {
			together.release();
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
		String key = this.hub.key(slot.envelope().event());
		List<LiveConnection<E>> wanting = (key != null) ? this.connectionsByKey.get(key) : null;
		if (wanting != null) {
			this.batchNumber++;
			deliverTo(wanting, List.of(slot), slot.frame());
		}
	}

	/**
	 * From the last to the first: who leaves meanwhile is replaced by the last one, which
	 * is known to have been served by its batch.
	 */
	private void deliverTo(List<LiveConnection<E>> subscribers, List<Slot<E>> fresh, @Nullable SseFrame together) {
		for (int at = subscribers.size() - 1; at >= 0; at--) {
			if (at < subscribers.size() && subscribers.get(at).lastBatchNumber != this.batchNumber) {
				LiveConnection<E> subscriber = subscribers.get(at);
				subscriber.lastBatchNumber = this.batchNumber;
				long place = subscriber.deliver(fresh, together);
				if (place != LiveConnection.CAUGHT_UP && subscriber.broadcastIndex >= 0) {
					markLagging(subscriber, place);
				}
			}
		}
	}

	private void markLagging(LiveConnection<E> subscriber, long place) {
		detach(subscriber);
		subscriber.markLagging(place);
		this.laggingConnections.add(subscriber);
	}

	private void catchUp() {
		if (this.laggingConnections.isEmpty()) {
			return;
		}
		for (LiveConnection<E> subscriber : List.copyOf(this.laggingConnections)) {
			if (subscriber.catchUp(this.tail, this.position, this.catchUpSlots)
					&& this.laggingConnections.remove(subscriber)) {
				attach(subscriber);
			}
		}
	}

	/** Another log stands where ours was: everybody begins anew. */
	private void switchToReplacedLog() {
		@Nullable LiveTail<E> current = this.hub.tail();
		if (current != null && current != this.tail) {
			this.tail = current;
			this.position = current.ring().lastPosition();
			Cursor now = current.cursor(this.position);
			connections().forEach((one) -> one.onLogReplaced(now, this.hub.reset(StartPositionResolver.FOREIGN_EPOCH)));
		}
	}

	void register(LiveConnection<E> subscriber, Cursor start) {
		if (!start.epoch().equals(this.tail.anyCursor().epoch())) {
			subscriber.onLogReplaced(this.tail.cursor(this.position),
					this.hub.reset(StartPositionResolver.FOREIGN_EPOCH));
		}
		if (subscriber.position() == this.position) {
			attach(subscriber);
		}
		else {
			this.laggingConnections.add(subscriber);
			schedule();
		}
	}

	void unregister(LiveConnection<E> subscriber) {
		if (subscriber.broadcastIndex >= 0) {
			detach(subscriber);
		}
		else {
			this.laggingConnections.remove(subscriber);
		}
	}

	/** The cursor that a subscriber has reached. */
	Cursor cursorOf(LiveConnection<E> subscriber) {
		return this.tail.cursor((subscriber.broadcastIndex >= 0) ? this.position : subscriber.position());
	}

	LiveTail<E> tail() {
		return this.tail;
	}

	/** All of them, in no order. */
	List<LiveConnection<E>> connections() {
		List<LiveConnection<E>> all = new ArrayList<>(this.unkeyedConnections);
		this.connectionsByKey.values().forEach(all::addAll);
		all.addAll(this.laggingConnections);
		return all;
	}

	private void attach(LiveConnection<E> subscriber) {
		String key = subscriber.filter().key();
		List<LiveConnection<E>> row = (key == null) ? this.unkeyedConnections
				: this.connectionsByKey.computeIfAbsent(key, (_) -> new ArrayList<>(1));
		subscriber.broadcastIndex = row.size();
		row.add(subscriber);
	}

	private void detach(LiveConnection<E> subscriber) {
		String key = subscriber.filter().key();
		List<LiveConnection<E>> row = (key == null) ? this.unkeyedConnections
				: this.connectionsByKey.getOrDefault(key, new ArrayList<>());
		LiveConnection<E> last = row.removeLast();
		if (last != subscriber) {
			row.set(subscriber.broadcastIndex, last);
			last.broadcastIndex = subscriber.broadcastIndex;
		}
		subscriber.broadcastIndex = -1;
		if (key != null && row.isEmpty()) {
			this.connectionsByKey.remove(key);
		}
	}

}
