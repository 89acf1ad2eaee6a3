package lectern.web.tracing;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Checks a setting of Spring Boot, which accepts every number.
 *
 * @param probability the part of requests without a traceparent that the gateway traces
 */
@ConfigurationProperties("management.tracing.sampling")
record TraceSamplingSettings(@Nullable Float probability) {

	TraceSamplingSettings {
		SettingConstraints.require(probability == null || (probability >= 0 && probability <= 1), "probability",
				probability, "a number from 0 to 1");
	}

}
