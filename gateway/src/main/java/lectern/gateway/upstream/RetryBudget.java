package lectern.gateway.upstream;

import java.util.concurrent.TimeUnit;

/**
 * Bounds the retries of a service to a share of its recent requests. Without a budget,
 * retries would multiply the load of a service at the moment in which it fails because of
 * its load. Recent is the current period of 5 s and the one before.
 *
 * @see <a href="https://finagle.github.io/blog/2016/02/08/retry-budgets/">Retry budgets
 * in Finagle</a>
 */
final class RetryBudget {

	private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

	/** The retries that are allowed without any requests. */
	private static final int RESERVE = 100;

	private static final int PERCENT = 100;

	private final int percent;

	private long periodStart;

	private long requests;

	private long requestsBefore;

	private long retries;

	private long retriesBefore;

	RetryBudget(int percent, long now) {
		this.percent = percent;
		this.periodStart = now;
	}

	/** Count a request that is no retry. */
	synchronized void onRequest(long now) {
		rotate(now);
		this.requests++;
	}

	/** Take a retry out of the budget, if there is one. */
	synchronized boolean tryRetry(long now) {
		rotate(now);
		long allowed = RESERVE + (this.requests + this.requestsBefore) * this.percent / PERCENT;
		if (this.percent == 0 || this.retries + this.retriesBefore >= allowed) {
			return false;
		}
		this.retries++;
		return true;
	}

	private void rotate(long now) {
		long age = now - this.periodStart;
		if (age < PERIOD_NANOS) {
			return;
		}
		boolean adjacent = age < 2 * PERIOD_NANOS;
		this.requestsBefore = adjacent ? this.requests : 0;
		this.retriesBefore = adjacent ? this.retries : 0;
		this.requests = 0;
		this.retries = 0;
		this.periodStart = now;
	}

}
