package lectern.web;

import java.time.Duration;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the HTTP server that Spring Boot does not have.
 *
 * @param headTimeout how long a client may take to send the head of a request, or content
 * after the response, before it is disconnected
 */
@ConfigurationProperties("lectern.http")
record HttpRequestSettings(@DefaultValue("10s") Duration headTimeout) {

	private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);

	HttpRequestSettings {
		SettingConstraints.requireAtLeast(MIN_TIMEOUT, "head-timeout", headTimeout);
	}

}
