package lectern.progress.account.limit;

import java.time.Duration;

/**
 * How often something may happen: {@code max} times at once, and after that again
 * {@code max} times in each period, evenly spread over it.
 *
 * @param max at least 1
 * @param period longer than nothing
 */
public record RateLimit(int max, Duration period) {

	public RateLimit {
		if (max < 1 || !period.isPositive()) {
			throw new IllegalArgumentException("A limit needs a maximum of at least 1 and a positive period");
		}
	}

}
