package lectern.gateway.limit;

import java.time.Duration;

/**
 * How many requests of one kind a client may send: so many at once, and as many again in
 * each minute, evenly spread over it.
 *
 * @param policy the name of the limit, as clients and meters see it
 * @param max at least 1
 */
public record Quota(String policy, int max) {

	static final Duration WINDOW = Duration.ofMinutes(1);

	static final long WINDOW_NANOS = WINDOW.toNanos();

	/** Return the time in nanoseconds after which one more request is allowed. */
	long interval() {
		return WINDOW_NANOS / this.max;
	}

}
