package lectern.streaming.live;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import lectern.streaming.log.EventEnvelope;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of a stream and their frames, bounded in number and in bytes. One
 * thread adds; any number read, each from a place of its own, without a lock.
 *
 * <p>
 * Frames stand in the order they were added, each at its number modulo the capacity.
 * Adding makes room first: it moves the beginning on, and only then lets go of the oldest
 * frames. A reader holds on to each frame before it uses it; it fails to when the frame
 * is gone, or finds a younger number in its stead, and knows then that it has fallen off.
 */
final class FrameRingBuffer<E> {

	/** Frames read at once, at the most. */
	static final int MAX_BATCH = 64;

	/** What {@link #read} answers to who has fallen off. */
	static final int OVERRUN = -1;

	private final AtomicReferenceArray<@Nullable Slot<E>> slots;

	private final long maxBytes;

	private long bytes;

	/** The number of the oldest frame kept. */
	private volatile long firstSequence;

	/** The number that the next frame will have. */
	private volatile long nextSequence;

	/** The position of the latest event; written after {@link #nextSequence}. */
	private volatile long lastPosition;

	/**
	 * @param capacity frames kept at the most
	 * @param mostBytes bytes kept at the most; the latest frame is kept however large
	 * @param last the position after which the first event will come
	 */
	FrameRingBuffer(int capacity, long mostBytes, long last) {
		this.slots = new AtomicReferenceArray<>(capacity);
		this.maxBytes = mostBytes;
		this.lastPosition = last;
	}

	/**
	 * Add an event after all others; only ever called by one thread at once.
	 * @param frame released when it is overwritten
	 */
	void add(EventEnvelope<E> entry, SseFrame frame) {
		long number = this.nextSequence;
		while (number - this.firstSequence == this.slots.length()
				|| (this.bytes + frame.size() > this.maxBytes && this.firstSequence < number)) {
			dropOldest();
		}
		this.bytes += frame.size();
		this.slots.set(index(number), new Slot<>(number, this.lastPosition, entry, frame));
		this.nextSequence = number + 1;
		this.lastPosition = entry.position();
	}

	/**
	 * Let go of all frames; to be called by the thread that adds, when it will no more.
	 */
	void clear() {
		while (this.firstSequence < this.nextSequence) {
			dropOldest();
		}
	}

	private void dropOldest() {
		long oldest = this.firstSequence;
		Slot<E> slot = this.slots.get(index(oldest));
		this.firstSequence = oldest + 1;
		if (slot != null) {
			this.slots.set(index(oldest), null);
			this.bytes -= slot.frame().size();
			slot.frame().release();
		}
	}

	/** The position of the latest event. */
	long lastPosition() {
		return this.lastPosition;
	}

	/**
	 * Read on after a position.
	 * @param into filled from its beginning; the frames put in must be released
	 * @return how many there are, 0 when all have been read, {@link #OVERRUN} when what
	 * comes next has been overwritten
	 */
	int read(long position, List<Slot<E>> into) {
		into.clear();
		long end = this.nextSequence;
		long number = firstAfter(position, this.firstSequence, end);
		while (number == end) {
			if (position >= this.lastPosition) {
				return 0;
			}
			if (end == this.nextSequence) {
				return OVERRUN;
			}
			// It grew while we looked.
			end = this.nextSequence;
			number = firstAfter(position, this.firstSequence, end);
		}
		while (number < end && into.size() < MAX_BATCH) {
			Slot<E> slot = this.slots.get(index(number));
			if (slot == null || slot.sequence() != number || !slot.frame().retain()) {
				break;
			}
			if (into.isEmpty() && slot.previousPosition() > position) {
				slot.frame().release();
				break;
			}
			into.add(slot);
			number++;
		}
		return into.isEmpty() ? OVERRUN : into.size();
	}

	/** The number of the first event after a position, by halving. */
	private long firstAfter(long position, long begin, long end) {
		long low = begin;
		long high = end;
		while (low < high) {
			long middle = (low + high) >>> 1;
			Slot<E> slot = this.slots.get(index(middle));
			if (slot == null || slot.sequence() != middle || slot.envelope().position() <= position) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	private int index(long number) {
		return (int) (number % this.slots.length());
	}

	/**
	 * An event and its frame.
	 *
	 * @param sequence its place in the ring's order
	 * @param previousPosition the position of the event before it: who has read that
	 * reads on here
	 */
	record Slot<E>(long sequence, long previousPosition, EventEnvelope<E> envelope, SseFrame frame) {
	}

}
