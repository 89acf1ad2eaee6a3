package lectern.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

import reactor.core.publisher.Mono;

/**
 * The latest frames of a log, shared by all who read them: a subscriber is a place in it,
 * not a queue of its own. One writer, any number of readers, no locks.
 *
 * <p>
 * Positions have no holes, so a frame's slot is its position modulo the capacity. A slot
 * holds its position too: a reader that comes too late finds a later one there and knows
 * that it has fallen off.
 */
final class Ring<E> {

	private final AtomicReferenceArray<Slot<E>> slots;

	private final Signal grown = new Signal();

	private volatile long last;

	/**
	 * @param last the position after which the first frame will come
	 */
	Ring(int capacity, long last) {
		this.slots = new AtomicReferenceArray<>(capacity);
		this.last = last;
	}

	/** Add frames in order of their positions; only ever called by one thread at once. */
	void add(List<Slot<E>> added) {
		for (Slot<E> slot : added) {
			this.slots.set(index(slot.entry().position()), slot);
			this.last = slot.entry().position();
		}
		this.grown.raise();
	}

	/** The position of the latest frame. */
	long last() {
		return this.last;
	}

	/**
	 * Completes when frames are next added after this call. Take it before reading.
	 */
	Mono<Void> grown() {
		return this.grown.next();
	}

	/**
	 * The frames after a position, at most so many.
	 * @return none when all have been read; empty when the next one has been overwritten
	 */
	Optional<List<Slot<E>>> after(long position, int limit) {
		long end = Math.min(this.last, position + limit);
		List<Slot<E>> read = new ArrayList<>((int) Math.max(0, Math.min(limit, end - position)));
		for (long at = position + 1; at <= end; at++) {
			Slot<E> slot = this.slots.get(index(at));
			if (slot == null || slot.entry().position() != at) {
				return read.isEmpty() ? Optional.empty() : Optional.of(read);
			}
			read.add(slot);
		}
		return Optional.of(read);
	}

	private int index(long position) {
		return (int) (position % this.slots.length());
	}

	/** An event and its frame. */
	record Slot<E>(Entry<E> entry, Frame frame) {
	}

}
