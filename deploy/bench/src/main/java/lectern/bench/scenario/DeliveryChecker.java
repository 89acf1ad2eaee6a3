package lectern.bench.scenario;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.EventId;

/**
 * Checks that every subscriber receives every event once and in order, and records the
 * latencies. Events are numbered in the order in which the first subscriber receives
 * them; this is the order of the writes, because there is one writer. Must be called by
 * one event loop only.
 */
final class DeliveryChecker implements CrowdListener {

	/** The maximum number of events of one session. */
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

	/** Record that the next events are being written now. */
	void recordSend(int count) {
		long now = System.nanoTime();
		for (int i = 0; i < count; i++) {
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
		// The last write of its only writer: a reader of this value sees all before it.
		this.delivered.lazySet(this.delivered.getPlain() + 1);
	}

	/**
	 * Return the number of an event that is not the expected one: it is new, or events
	 * are missing, or it is a duplicate.
	 */
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

	/** Start a new histogram; no delivery may be pending. */
	LatencyHistogram resetLatency() {
		LatencyHistogram fresh = new LatencyHistogram();
		this.latency = fresh;
		return fresh;
	}

	/** Return how many events were written. */
	int sent() {
		return this.sent;
	}

	/** Return how many events all subscribers together have received. */
	long delivered() {
		return this.delivered.get();
	}

	/** Return how many events were received where another was expected. */
	long outOfOrder() {
		return this.outOfOrder.get();
	}

}
