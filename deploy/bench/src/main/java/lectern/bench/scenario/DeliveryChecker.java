package lectern.bench.scenario;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.EventId;

/**
 * Checks that every subscriber gets every event once and in order, and how long each
 * took. Events are numbered as the first subscriber gets them, which is the order in
 * which they were written: there is one writer. Listens on one thread.
 */
final class DeliveryChecker implements CrowdListener {

	/** Events of one session at most. */
	private static final int CAPACITY = 1 << 16;

	private final AtomicLongArray sentAt = new AtomicLongArray(CAPACITY);

	private final AtomicLong delivered = new AtomicLong();

	private final AtomicLong outOfOrder = new AtomicLong();

	private final int[] nextExpected;

	private byte[][] ids = new byte[1024][];

	private int knownCount;

	private int sent;

	private volatile LatencyHistogram latency = new LatencyHistogram();

	DeliveryChecker(int subscribers) {
		this.nextExpected = new int[subscribers];
	}

	/** Note that the next events are written now. */
	void recordSend(int many) {
		long now = System.nanoTime();
		for (int i = 0; i < many; i++) {
			this.sentAt.set(this.sent++, now);
		}
	}

	@Override
	public void onEvent(int subscriber, EventId id, long nanos) {
		int number = this.nextExpected[subscriber];
		if (number == this.knownCount || !id.matches(this.ids[number])) {
			number = locate(id, number);
		}
		this.nextExpected[subscriber] = Math.max(this.nextExpected[subscriber], number + 1);
		this.latency.record(nanos - this.sentAt.get(number));
		// Written last and by one thread: who reads it sees all that was before.
		this.delivered.lazySet(this.delivered.getPlain() + 1);
	}

	/** It is the next one of all, or something is missing, or comes again. */
	private int locate(EventId id, int expected) {
		for (int i = 0; i < this.knownCount; i++) {
			if (id.matches(this.ids[i])) {
				this.outOfOrder.incrementAndGet();
				return i;
			}
		}
		if (expected != this.knownCount) {
			this.outOfOrder.incrementAndGet();
			return expected;
		}
		if (this.knownCount == this.ids.length) {
			this.ids = Arrays.copyOf(this.ids, this.knownCount * 2);
		}
		this.ids[this.knownCount++] = id.copy();
		return expected;
	}

	/** Begin to count durations anew; for when nothing is under way. */
	LatencyHistogram resetLatency() {
		LatencyHistogram begun = new LatencyHistogram();
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
	long outOfOrder() {
		return this.outOfOrder.get();
	}

}
