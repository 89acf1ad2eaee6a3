package lectern.progress;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that all features share. */
@Configuration(proxyBeanMethods = false)
class ProgressConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
