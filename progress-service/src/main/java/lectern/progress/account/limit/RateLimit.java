package lectern.progress.account.limit;

import java.time.Duration;

import lectern.web.setting.SettingConstraints;

/**
 * How often something may happen: {@code max} times at once, and after that again
 * {@code max} times in each period, evenly spread over it.
 *
 * @param max at least 1
 * @param period at least 1 ms
 */
public record RateLimit(int max, Duration period) {

	private static final Duration MIN_PERIOD = Duration.ofMillis(1);

	public RateLimit {
		SettingConstraints.requireAtLeast(1, "max", max);
		SettingConstraints.requireAtLeast(MIN_PERIOD, "period", period);
	}

}
