package lectern.web.log;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the log of a service.
 *
 * @param queueSize how many lines about requests and security events may wait until they
 * are written; further ones are dropped and counted
 * @param direct whether lines about requests and security events are written at once, by
 * the threads of their requests, instead of waiting
 */
@ConfigurationProperties("lectern.log")
record LogSettings(@DefaultValue("4096") int queueSize, @DefaultValue("false") boolean direct) {

	LogSettings {
		SettingConstraints.requireAtLeast(1, "queue-size", queueSize);
	}

}
