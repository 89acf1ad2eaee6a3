package lectern.gateway.limit;

import java.time.Duration;

import lectern.web.QuotaStatus;

/**
 * What a client has used of its quota.
 *
 * @param granted whether one more request was counted
 * @param used how long it takes until the quota is complete again, in nanoseconds
 */
public record QuotaUse(Quota quota, boolean granted, long used) {

	/** Return what the client is told. */
	QuotaStatus status() {
		long interval = this.quota.interval();
		long untilNext = (this.used > 0) ? (this.used - 1) % interval + 1 : 0;
		int remaining = (int) Math.max((Quota.WINDOW_NANOS - this.used) / interval, 0);
		return new QuotaStatus(this.quota.policy(), this.quota.max(), remaining, Quota.WINDOW,
				Duration.ofNanos(untilNext));
	}

	/** Return the time until one more request is granted. */
	Duration untilGranted() {
		return Duration.ofNanos(Math.max(this.used + this.quota.interval() - Quota.WINDOW_NANOS, 0));
	}

}
