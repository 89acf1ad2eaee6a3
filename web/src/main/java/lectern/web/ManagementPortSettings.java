package lectern.web;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Checks a setting of Spring Boot, which finds out when it listens, and then shows a
 * stack trace.
 *
 * @param port the management port
 */
@ConfigurationProperties("management.server")
record ManagementPortSettings(@Nullable Integer port) {

	ManagementPortSettings {
		SettingConstraints.requirePort("port", port);
	}

}
