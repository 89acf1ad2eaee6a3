package lectern.gateway.relay;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.config.MeterFilter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Bounds the tags of Spring Cloud Gateway's meters. */
@Configuration(proxyBeanMethods = false)
class RouteMeterConfiguration {

	private static final Set<String> METHODS = Stream.of(HttpMethod.values())
		.map(HttpMethod::name)
		.collect(Collectors.toSet());

	/** Clients may send any word as a method. */
	@Bean
	MeterFilter routedMethodFilter() {
		return MeterFilter.replaceTagValues("httpMethod", RouteMeterConfiguration::knownOrUnknown);
	}

	/**
	 * The same for the requests to the services, which have a convention of their own.
	 */
	@Bean
	MeterFilter sentMethodFilter() {
		return MeterFilter.replaceTagValues("http.method", RouteMeterConfiguration::knownOrUnknown);
	}

	private static String knownOrUnknown(String method) {
		return METHODS.contains(method) ? method : RelayMeters.UNKNOWN;
	}

}
