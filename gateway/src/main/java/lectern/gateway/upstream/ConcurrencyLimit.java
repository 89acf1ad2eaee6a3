package lectern.gateway.upstream;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests a service has at the same time, and which ones wait. Requests that
 * are more than a service can process only wait longer there; here they wait for a short
 * time, and the rest is rejected at once.
 *
 * <p>
 * The limit follows the response times (additive increase, multiplicative decrease). It
 * falls while the median of the last responses is several times the lowest median that
 * was seen: the median, because single slow requests are no sign of overload. If the
 * response times stay high at the lowest limit, they are those of the service, and become
 * the new reference within minutes.
 *
 * @see <a href="https://sre.google/sre-book/handling-overload/">Handling overload</a>
 */
final class ConcurrencyLimit {

	/** The lowest limit, which is enough to keep some cores of a service busy. */
	static final int MIN_LIMIT = 20;

	private static final int INITIAL_LIMIT = 64;

	/**
	 * With the lowest limit, 80 requests wait or are being processed, which a service
	 * that answers 4,000 requests a second has done after 20 ms.
	 */
	private static final int WAITING_PER_PERMIT = 3;

	private static final int SAMPLES = 64;

	private static final int TOLERANCE = 3;

	/** Below it a response is not slow, whatever the reference is. */
	private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private static final double DECREASE = 0.9;

	private static final int INCREASE = 2;

	/** How much the reference may rise in a second at the lowest limit. */
	private static final double DRIFT_PER_SECOND = 0.01;

	private final int maxLimit;

	private final AtomicInteger used = new AtomicInteger();

	private final AtomicInteger waitingCount = new AtomicInteger();

	private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();

	private volatile int limit;

	private final long[] samples = new long[SAMPLES];

	private int sampleCount;

	private double referenceNanos;

	private long adjustedAt;

	ConcurrencyLimit(int maxLimit, long now) {
		this.maxLimit = maxLimit;
		this.limit = Math.min(INITIAL_LIMIT, maxLimit);
		this.adjustedAt = now;
	}

	int limit() {
		return this.limit;
	}

	/** Take a permit if one is free and nobody waits for it. */
	boolean tryAcquire() {
		return this.waitingCount.get() == 0 && takePermit();
	}

	private boolean takePermit() {
		int current = this.used.get();
		while (current < this.limit) {
			if (this.used.compareAndSet(current, current + 1)) {
				return true;
			}
			current = this.used.get();
		}
		return false;
	}

	/**
	 * Wait for a permit.
	 * @return false if too many wait already
	 */
	boolean enqueue(Waiter waiter) {
		if (this.waitingCount.incrementAndGet() > this.limit * WAITING_PER_PERMIT) {
			this.waitingCount.decrementAndGet();
			return false;
		}
		this.waiting.add(waiter);
		grantFree();
		return true;
	}

	/** Wait no longer; false if the permit is being granted. */
	boolean dequeue(Waiter waiter) {
		boolean removed = this.waiting.remove(waiter);
		if (removed) {
			this.waitingCount.decrementAndGet();
		}
		return removed;
	}

	/** Return a permit. */
	void release() {
		this.used.decrementAndGet();
		if (this.waitingCount.get() > 0) {
			grantFree();
		}
	}

	private void grantFree() {
		while (!this.waiting.isEmpty() && takePermit()) {
			Waiter next = this.waiting.poll();
			if (next == null) {
				this.used.decrementAndGet();
			}
			else {
				this.waitingCount.decrementAndGet();
				next.onPermit();
			}
		}
	}

	/** Record how long a service took to begin its response. */
	void record(long nanos, long now) {
		synchronized (this.samples) {
			this.samples[this.sampleCount++] = nanos;
			if (this.sampleCount == SAMPLES) {
				this.sampleCount = 0;
				Arrays.sort(this.samples);
				adjust(this.samples[SAMPLES / 2], now);
			}
		}
	}

	private void adjust(long median, long now) {
		double seconds = (now - this.adjustedAt) / 1e9;
		this.adjustedAt = now;
		if (this.referenceNanos == 0 || median < this.referenceNanos) {
			this.referenceNanos = median;
		}
		if (median > FAST_NANOS && median > this.referenceNanos * TOLERANCE) {
			if (this.limit == MIN_LIMIT) {
				this.referenceNanos *= 1 + DRIFT_PER_SECOND * Math.min(seconds, 1);
			}
			this.limit = Math.max(MIN_LIMIT, (int) (this.limit * DECREASE));
		}
		else if (this.used.get() >= this.limit) {
			this.limit = Math.min(this.maxLimit, this.limit + INCREASE);
			grantFree();
		}
	}

	/** Is told when it has a permit, on any thread. */
	@FunctionalInterface
	interface Waiter {

		void onPermit();

	}

}
