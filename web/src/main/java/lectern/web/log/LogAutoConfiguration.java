package lectern.web.log;

import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Lets the lines that any client can cause wait in a queue with a limit. */
@AutoConfiguration
@EnableConfigurationProperties(LogSettings.class)
public class LogAutoConfiguration {

	/** One line for a failed request, and one for a security event. */
	private static final List<String> LOGGERS = List.of("lectern.request", "lectern.security");

	@Bean
	LogQueue requestLogQueue(LogSettings settings) {
		LogQueue queue = new LogQueue("request", settings.queueSize());
		if (!settings.direct()) {
			queue.start(new RootAppender(), LOGGERS);
		}
		return queue;
	}

}
