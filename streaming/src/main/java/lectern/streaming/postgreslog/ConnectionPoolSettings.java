package lectern.streaming.postgreslog;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Checks a setting of Spring Boot, which accepts every number.
 *
 * @param maxSize the connections of a process to its database
 */
@ConfigurationProperties("spring.r2dbc.pool")
record ConnectionPoolSettings(@Nullable Integer maxSize) {

	ConnectionPoolSettings {
		SettingConstraints.require(maxSize == null || maxSize >= 1, "max-size", maxSize, "at least 1");
	}

}
