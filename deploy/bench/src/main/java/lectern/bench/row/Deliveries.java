package lectern.bench.row;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import lectern.bench.crowd.EventId;
import lectern.bench.crowd.Listener;

/**
 * Checks that every subscriber gets every event once and in order, and how long each
 * took. Events are numbered as the first subscriber gets them, which is the order in
 * which they were written: there is one writer. Listens on one thread.
 */
final class Deliveries implements Listener {

	/** Events of one session at most. */
	private static final int CAPACITY = 1 << 16;

	private final AtomicLongArray sentAt = new AtomicLongArray(CAPACITY);

	private final AtomicLong delivered = new AtomicLong();

	private final AtomicLong disorders = new AtomicLong();

	private final int[] next;

	private byte[][] ids = new byte[1024][];

	private int known;

	private int sent;

	private volatile Histogram latency = new Histogram();

	Deliveries(int subscribers) {
		this.next = new int[subscribers];
	}

	/** Note that the next events are written now. */
	void sending(int many) {
		long now = System.nanoTime();
		for (int i = 0; i < many; i++) {
			this.sentAt.set(this.sent++, now);
		}
	}

	@Override
	public void event(int subscriber, EventId id, long nanos) {
		int number = this.next[subscriber];
		if (number == this.known || !id.is(this.ids[number])) {
			number = find(id, number);
		}
		this.next[subscriber] = Math.max(this.next[subscriber], number + 1);
		this.latency.record(nanos - this.sentAt.get(number));
		// Written last and by one thread: who reads it sees all that was before.
		this.delivered.lazySet(this.delivered.getPlain() + 1);
	}

	/** It is the next one of all, or something is missing, or comes again. */
	private int find(EventId id, int expected) {
		for (int i = 0; i < this.known; i++) {
			if (id.is(this.ids[i])) {
				this.disorders.incrementAndGet();
				return i;
			}
		}
		if (expected != this.known) {
			this.disorders.incrementAndGet();
			return expected;
		}
		if (this.known == this.ids.length) {
			this.ids = Arrays.copyOf(this.ids, this.known * 2);
		}
		this.ids[this.known++] = id.copy();
		return expected;
	}

	/** Begin to count durations anew; for when nothing is under way. */
	Histogram begin() {
		Histogram begun = new Histogram();
		this.latency = begun;
		return begun;
	}

	/** How many events were written. */
	int sent() {
		return this.sent;
	}

	/** How many events reached a subscriber, over all subscribers. */
	long delivered() {
		return this.delivered.get();
	}

	/** How many came where another was expected: lost ones before them, or repeated. */
	long disorders() {
		return this.disorders.get();
	}

}
