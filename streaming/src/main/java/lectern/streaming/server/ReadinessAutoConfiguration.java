package lectern.streaming.server;

import java.util.Objects;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.actuate.endpoint.ReactiveHealthEndpointWebExtension;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointProperties;
import org.springframework.context.annotation.Bean;

/** Exports the readiness of a service that has a readiness endpoint. */
@AutoConfiguration(after = HealthEndpointAutoConfiguration.class)
@ConditionalOnBean(ReactiveHealthEndpointWebExtension.class)
class ReadinessAutoConfiguration {

	private static final String GROUP = "readiness";

	@Bean
	ReadinessMetrics readinessMetrics(HealthEndpointProperties properties, ReactiveHealthEndpointWebExtension endpoint,
			MeterRegistry registry) {
		return new ReadinessMetrics(components(properties), (component) -> isReady(endpoint, component), registry);
	}

	private static Set<String> components(HealthEndpointProperties properties) {
		HealthEndpointProperties.Group group = properties.getGroup().get(GROUP);
		return (group != null) ? Objects.requireNonNullElse(group.getInclude(), Set.of()) : Set.of();
	}

	private static Mono<Boolean> isReady(ReactiveHealthEndpointWebExtension endpoint, String component) {
		return endpoint
			.health(ApiVersion.LATEST, WebServerNamespace.MANAGEMENT, SecurityContext.NONE, true, GROUP, component)
			.map((answer) -> answer.getStatus() == WebEndpointResponse.STATUS_OK);
	}

}
