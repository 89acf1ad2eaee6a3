package lectern.gateway.accesslog;

import java.util.List;

import ch.qos.logback.classic.LoggerContext;
import lectern.web.log.LogQueue;
import org.slf4j.LoggerFactory;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Writes the access log, unless there is none. */
@Configuration(proxyBeanMethods = false)
@Conditional(AccessLogConfiguration.IsWritten.class)
class AccessLogConfiguration {

	@Bean
	LogQueue accessLogQueue(AccessLogSettings settings, Environment environment) {
		LogQueue queue = new LogQueue("access", settings.queueSize());
		queue.start(AccessLogAppender.create(settings, environment.getProperty("logging.structured.format.console"),
				(LoggerContext) LoggerFactory.getILoggerFactory()), List.of(AccessLogWriter.LOGGER));
		return queue;
	}

	@Bean
	AccessLogWriter accessLog() {
		return new AccessLogWriter();
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> accessLogCustomizer(AccessLogWriter log) {
		return (factory) -> factory.addServerCustomizers(new AccessLogCustomizer(log));
	}

	/** A value that is not valid is explained when it is bound to the settings. */
	static class IsWritten implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			String output = context.getEnvironment().getProperty("lectern.access-log.output", "none");
			return !output.isBlank() && !output.strip().equalsIgnoreCase("none");
		}

	}

}
