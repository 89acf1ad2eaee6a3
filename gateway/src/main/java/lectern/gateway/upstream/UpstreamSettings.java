package lectern.gateway.upstream;

import java.time.Duration;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway treats services that fail or are overloaded.
 *
 * @param maxRetries how often a request is sent again that its service has not begun to
 * answer, if a repetition is safe; 0 for never
 * @param retryPercent how many retries there may be at most for 100 recent requests to a
 * service; about 100 more are allowed in 10 seconds, so that a quiet service is retried
 * @param slowCall after which time a response counts as slow; a service most of whose
 * responses are slow gets no requests for a moment
 * @param healthCheckInterval the pause between two health checks of an address; at most 5
 * s, because a service that is back is used after the next one. It is five times longer,
 * and 5 s at most, for an address that works and gets no requests
 * @param maxConcurrency how many requests a service may have at most at the same time;
 * fewer if its responses become slow
 * @param maxWait how long a request waits at most until its service takes it; then it is
 * rejected with 503
 */
@ConfigurationProperties("lectern.upstream")
public record UpstreamSettings(@DefaultValue("2") int maxRetries, @DefaultValue("20") int retryPercent,
		@DefaultValue("5s") Duration slowCall, @DefaultValue("1s") Duration healthCheckInterval,
		@DefaultValue("1000") int maxConcurrency, @DefaultValue("500ms") Duration maxWait) {

	static final Duration MAX_INTERVAL = Duration.ofSeconds(5);

	public UpstreamSettings {
		SettingConstraints.require(maxRetries >= 0 && maxRetries <= 2, "max-retries", maxRetries, "0, 1 or 2");
		SettingConstraints.require(retryPercent >= 0 && retryPercent <= 100, "retry-percent", retryPercent,
				"from 0 to 100");
		SettingConstraints.requireAtLeast(Duration.ofMillis(100), "slow-call", slowCall);
		SettingConstraints.requireAtLeast(Duration.ofMillis(100), "health-check-interval", healthCheckInterval);
		SettingConstraints.require(healthCheckInterval.compareTo(MAX_INTERVAL) <= 0, "health-check-interval",
				healthCheckInterval.toSeconds() + "s", "at most 5s");
		SettingConstraints.requireAtLeast(ConcurrencyLimit.MIN_LIMIT, "max-concurrency", maxConcurrency);
		SettingConstraints.requireAtLeast(Duration.ofMillis(1), "max-wait", maxWait);
	}

}
