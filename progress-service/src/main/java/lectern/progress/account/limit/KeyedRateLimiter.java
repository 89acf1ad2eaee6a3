package lectern.progress.account.limit;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import lectern.web.QuotaStatus;

/**
 * Limits how often something happens for each key, with the generic cell rate algorithm
 * (ITU-T I.371): the only state of a key is the time at which its allowance will be
 * complete again. A key is forgotten at that time. Nothing is shared between nodes.
 */
public final class KeyedRateLimiter {

	/** Some 10 MB. Beyond it the keys that were not used for longest are forgotten. */
	private static final int MAX_KEYS = 100_000;

	private final RateLimit limit;

	private final long interval;

	private final long period;

	private final Ticker ticker;

	private final Cache<String, Long> completeAgain;

	public KeyedRateLimiter(RateLimit limit) {
		this(limit, Ticker.systemTicker());
	}

	KeyedRateLimiter(RateLimit limit, Ticker ticker) {
		this.limit = limit;
		this.period = limit.period().toNanos();
		this.interval = this.period / limit.max();
		this.ticker = ticker;
		this.completeAgain = Caffeine.newBuilder()
			.maximumSize(MAX_KEYS)
			.expireAfterWrite(limit.period())
			.ticker(ticker)
			.build();
	}

	/**
	 * Take one from the allowance of a key.
	 * @return zero if there was one; otherwise nothing was taken, and the next one is
	 * available after this time
	 */
	public Duration acquire(String key) {
		long now = this.ticker.read();
		long[] wait = new long[1];
		this.completeAgain.asMap().compute(key, (_, stored) -> {
			long taken = Math.max((stored != null) ? stored - now : 0, 0) + this.interval;
			wait[0] = Math.max(taken - this.period, 0);
			return (wait[0] > 0) ? stored : Long.valueOf(now + taken);
		});
		return Duration.ofNanos(wait[0]);
	}

	/**
	 * Return what is left of the allowance of a key.
	 * @param policy the name of the limit
	 */
	public QuotaStatus status(String policy, String key) {
		Long stored = this.completeAgain.getIfPresent(key);
		long taken = (stored != null) ? Math.max(stored - this.ticker.read(), 0) : 0;
		long untilNext = (taken > 0) ? (taken - 1) % this.interval + 1 : 0;
		return new QuotaStatus(policy, this.limit.max(), (int) ((this.period - taken) / this.interval),
				this.limit.period(), Duration.ofNanos(untilNext));
	}

	/** Give back what {@link #acquire} has taken. */
	public void release(String key) {
		this.completeAgain.asMap().computeIfPresent(key, (_, stored) -> stored - this.interval);
	}

}
