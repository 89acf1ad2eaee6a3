package lectern.web;

import java.time.Duration;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the management port that Spring Boot does not have.
 *
 * @param writeTimeout how long a client of the management port may take nothing of its
 * response before it is disconnected
 */
@ConfigurationProperties("lectern.management")
record ManagementSettings(@DefaultValue("30s") Duration writeTimeout) {

	private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);

	ManagementSettings {
		SettingConstraints.requireAtLeast(MIN_TIMEOUT, "write-timeout", writeTimeout);
	}

}
