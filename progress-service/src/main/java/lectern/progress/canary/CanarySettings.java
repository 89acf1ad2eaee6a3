package lectern.progress.canary;

import java.net.URI;
import java.time.Duration;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the canary.
 *
 * @param url the address of the gateway, for an event that goes the whole way every few
 * seconds; without one there is no canary
 * @param interval the time between two events, at least 100 ms
 */
@ConfigurationProperties("lectern.canary")
record CanarySettings(@Nullable URI url, @DefaultValue("5s") Duration interval) {

	private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

	CanarySettings {
		if (url != null) {
			SettingConstraints.requireServiceUrl("url", url);
		}
		SettingConstraints.requireAtLeast(MIN_INTERVAL, "interval", interval);
	}

}
