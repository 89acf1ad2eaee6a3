package lectern.streaming.live;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import lectern.streaming.log.EventEnvelope;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of a stream with their frames, bounded in number and bytes. One
 * thread adds; any number of threads read, each from its own position, without locks. Any
 * thread may close it, also while another one adds: who follows a log is told to stop
 * before it has stopped.
 *
 * <p>
 * Each frame has a sequence number and is stored at that number modulo the capacity.
 * Adding first makes room: it advances the first sequence, and only then releases the
 * oldest frames. A reader retains each frame before it uses it. If the frame is released
 * already, or the slot has a later sequence, the reader has been overrun.
 */
final class FrameRingBuffer<E> {

	/** The largest number of frames read at once. */
	static final int MAX_BATCH = 64;

	/** Assumed of a frame that is not encoded yet, in bytes. */
	private static final int LAZY_SIZE = 2048;

	/** The result of {@link #read} if the next event has been overwritten. */
	static final int OVERRUN = -1;

	private final AtomicReferenceArray<@Nullable Slot<E>> slots;

	private final long maxBytes;

	private long bytes;

	private boolean closed;

	/** The sequence of the oldest frame. */
	private volatile long firstSequence;

	/** The sequence of the next frame to be added. */
	private volatile long nextSequence;

	/** The position of the latest event; written after {@link #nextSequence}. */
	private volatile long lastPosition;

	/**
	 * @param capacity the largest number of frames
	 * @param maxBytes the largest size of all frames; the latest frame is kept however
	 * large it is
	 * @param lastPosition the position before the first event to be added
	 */
	FrameRingBuffer(int capacity, long maxBytes, long lastPosition) {
		this.slots = new AtomicReferenceArray<>(capacity);
		this.maxBytes = maxBytes;
		this.lastPosition = lastPosition;
	}

	/**
	 * Add an event after all others; only called by one thread at a time.
	 * @param frame released when it is overwritten, or at once if the ring is closed
	 */
	synchronized void add(EventEnvelope<E> envelope, SseFrame frame) {
		if (this.closed) {
			frame.release();
			return;
		}
		long sequence = this.nextSequence;
		int size = frame.isEncoded() ? frame.size() : LAZY_SIZE;
		while (sequence - this.firstSequence == this.slots.length()
				|| (this.bytes + size > this.maxBytes && this.firstSequence < sequence)) {
			dropOldest();
		}
		this.bytes += size;
		this.slots.set(index(sequence), new Slot<>(sequence, this.lastPosition, envelope, frame, size));
		this.nextSequence = sequence + 1;
		this.lastPosition = envelope.position();
	}

	/** Release all frames. */
	synchronized void clear() {
		while (this.firstSequence < this.nextSequence) {
			dropOldest();
		}
	}

	/** Release all frames, also those that are still added. */
	synchronized void close() {
		this.closed = true;
		clear();
	}

	private void dropOldest() {
		long oldest = this.firstSequence;
		Slot<E> slot = this.slots.get(index(oldest));
		this.firstSequence = oldest + 1;
		if (slot != null) {
			this.slots.set(index(oldest), null);
			this.bytes -= slot.size();
			slot.frame().release();
		}
	}

	/** The position of the latest event. */
	long lastPosition() {
		return this.lastPosition;
	}

	/**
	 * Read the next events after a position.
	 * @param target cleared and filled; its frames must be released
	 * @return the number of events, 0 if there is none yet, {@link #OVERRUN} if the next
	 * event has been overwritten
	 */
	int read(long position, List<Slot<E>> target) {
		target.clear();
		long end = this.nextSequence;
		long sequence = firstAfter(position, this.firstSequence, end);
		while (sequence == end) {
			if (position >= this.lastPosition) {
				return 0;
			}
			if (end == this.nextSequence) {
				return OVERRUN;
			}
			// Events were added during the search.
			end = this.nextSequence;
			sequence = firstAfter(position, this.firstSequence, end);
		}
		while (sequence < end && target.size() < MAX_BATCH) {
			Slot<E> slot = this.slots.get(index(sequence));
			if (slot == null || slot.sequence() != sequence || !slot.frame().retain()) {
				break;
			}
			if (target.isEmpty() && slot.previousPosition() > position) {
				slot.frame().release();
				break;
			}
			target.add(slot);
			sequence++;
		}
		return target.isEmpty() ? OVERRUN : target.size();
	}

	/** The sequence of the first event after a position, by binary search. */
	private long firstAfter(long position, long start, long end) {
		long low = start;
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

	/**
	 * The position of the last event received at or before an instant, by binary search.
	 * @return {@link #OVERRUN} if that event may have been overwritten
	 */
	long positionAt(Instant instant) {
		long start = this.firstSequence;
		long end = this.nextSequence;
		long low = start;
		long high = end;
		while (low < high) {
			long middle = (low + high) >>> 1;
			Slot<E> slot = this.slots.get(index(middle));
			if (slot == null || slot.sequence() != middle || !slot.envelope().receivedAt().isAfter(instant)) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return (low > start) ? positionOf(low - 1) : OVERRUN;
	}

	private long positionOf(long sequence) {
		Slot<E> slot = this.slots.get(index(sequence));
		return (slot != null && slot.sequence() == sequence) ? slot.envelope().position() : OVERRUN;
	}

	private int index(long sequence) {
		return (int) (sequence % this.slots.length());
	}

	/**
	 * An event and its frame.
	 *
	 * @param sequence its number in the order of the ring
	 * @param previousPosition the position of the event before it, after which a reader
	 * continues here
	 * @param size the size of the frame in bytes, as far as it was known when it was
	 * added
	 */
	record Slot<E>(long sequence, long previousPosition, EventEnvelope<E> envelope, SseFrame frame, int size) {
	}

}
