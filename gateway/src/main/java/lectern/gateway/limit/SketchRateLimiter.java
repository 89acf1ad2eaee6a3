package lectern.gateway.limit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * A rate limiter in the memory of this process, of a fixed size: a count-min sketch whose
 * counters are those of the generic cell rate algorithm (ITU-T I.371), the times at which
 * quotas are complete again.
 *
 * <p>
 * A client has one counter in each of three rows, and of these the one that says least
 * counts, because others may share them. So there is nothing to grow, to expire or to
 * evict: a client with many addresses cannot make the limiter forget another address. If
 * 1,000 clients have used up their quotas, another one shares all three counters with
 * them with a probability of 1 to 2,000,000; if 10,000 have, 1 to 2,000.
 *
 * @see <a href="https://doi.org/10.1016/j.jalgor.2003.12.001">Cormode, Muthukrishnan: An
 * improved data stream summary: the count-min sketch</a>
 */
final class SketchRateLimiter implements RateLimiter {

	private static final int ROWS = 3;

	/** Three rows of them have 3 MB. */
	private static final int ROW_BITS = 17;

	private static final int ROW_SIZE = 1 << ROW_BITS;

	/** When the quota of whoever uses a counter is complete again; 0 at first. */
	private final AtomicLongArray completeAgain = new AtomicLongArray(ROWS * ROW_SIZE);

	private final long seed = ThreadLocalRandom.current().nextLong();

	private final LongSupplier nanoTime;

	private final long start;

	/**
	 * @param nanoTime the source of time in nanoseconds, such as
	 * {@link System#nanoTime()}
	 */
	SketchRateLimiter(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.start = nanoTime.getAsLong();
	}

	@Override
	public QuotaUse acquire(Quota quota, Client client) {
		long now = this.nanoTime.getAsLong() - this.start;
		long hash = hash(quota, client);
		long interval = quota.interval();
		long used = used(hash, now);
		if (used + interval > Quota.WINDOW_NANOS) {
			return new QuotaUse(quota, false, used);
		}
		add(hash, now, interval);
		long usedNow = used(hash, now);
		if (usedNow > Quota.WINDOW_NANOS) {
			// Another thread has taken the last one meanwhile.
			add(hash, now, -interval);
			return new QuotaUse(quota, false, used(hash, now));
		}
		return new QuotaUse(quota, true, usedNow);
	}

	@Override
	public void release(Quota quota, Client client) {
		add(hash(quota, client), this.nanoTime.getAsLong() - this.start, -quota.interval());
	}

	private long hash(Quota quota, Client client) {
		return client.hash(this.seed + quota.policy().hashCode());
	}

	/** Each row uses other bits of the hash. */
	private static int counter(long hash, int row) {
		return row * ROW_SIZE + ((int) (hash >>> row * ROW_BITS) & ROW_SIZE - 1);
	}

	private long used(long hash, long now) {
		long least = Long.MAX_VALUE;
		for (int row = 0; row < ROWS; row++) {
			least = Math.min(least, this.completeAgain.get(counter(hash, row)) - now);
		}
		return Math.max(least, 0);
	}

	private void add(long hash, long now, long nanos) {
		for (int row = 0; row < ROWS; row++) {
			add(counter(hash, row), now, nanos);
		}
	}

	private void add(int counter, long now, long nanos) {
		long present;
		do {
			present = this.completeAgain.get(counter);
		}
		while (!this.completeAgain.compareAndSet(counter, present, Math.max(present, now) + nanos));
	}

}
