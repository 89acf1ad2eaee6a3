package lectern.web;

import java.util.regex.Pattern;

import io.micrometer.observation.ObservationPredicate;
import io.r2dbc.spi.R2dbcException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.transaction.CannotCreateTransactionException;

/** Gives every service the same strictness, problems and request ids. */
@AutoConfiguration
public class WebAutoConfiguration {

	private static final Pattern STREAM_PATH = Pattern.compile("/(events|replay)$");

	@Bean
	StrictJsonCustomizer strictJsonCustomizer() {
		return new StrictJsonCustomizer();
	}

	@Bean
	RequestIdFilter requestIdFilter() {
		return new RequestIdFilter();
	}

	@Bean
	ValidationConfigurationCustomizer validationMessageInterpolatorCustomizer() {
		return (configuration) -> configuration.messageInterpolator(new ValidationMessageInterpolator());
	}

	/** A stream lasts for minutes: in the timings of requests it would drown them all. */
	@Bean
	ObservationPredicate streamObservationPredicate() {
		return (_,
				context) -> !(context instanceof ServerRequestObservationContext request
						&& request.getCarrier() instanceof ServerHttpRequest carrier
						&& STREAM_PATH.matcher(carrier.getPath().value()).find());
	}

	/**
	 * Each of its filters would be timed by itself, which took longer than the filters.
	 */
	@Bean
	SecurityObservationSettings noSecurityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	JwkSetClientCustomizer jwkSetClientCustomizer() {
		return new JwkSetClientCustomizer();
	}

	/** A path that hides where it leads is never followed, only named malformed. */
	@Bean
	ServerExchangeRejectedHandler rejectedExchangeHandler() {
		return (_, _) -> Mono.error(Problem.of(ProblemType.MALFORMED,
				"The address or a header has a form that is not taken here; write the path plainly."));
	}

	@Bean
	ProblemHandler problemHandler(JsonMapper mapper) {
		return new ProblemHandler(new ProblemTranslation(), mapper);
	}

	/** For services that have a database. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ R2dbcException.class, DataAccessException.class, CannotCreateTransactionException.class })
	static class DatabaseConfiguration {

		@Bean
		DatabaseExceptionTranslator databaseExceptionTranslator() {
			return new DatabaseExceptionTranslator();
		}

	}

}
