package lectern.gateway;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.config.MeterFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Keeps clients from making time series. */
@Configuration(proxyBeanMethods = false)
class MeterConfiguration {

	private static final Set<String> KNOWN_METHODS = Stream
		.concat(Stream.of(HttpMethod.values()).map(HttpMethod::name), Stream.of("UNKNOWN", KeyValue.NONE_VALUE))
		.collect(Collectors.toUnmodifiableSet());

	/**
	 * Spring Cloud Gateway's meters of routed requests have whatever a client sends as
	 * its method. Such a request is still in {@code http.server.requests}. To rename the
	 * value instead would keep an entry in the registry for each name.
	 */
	@Bean
	MeterFilter unknownMethodFilter() {
		return MeterFilter
			.deny((id) -> isUnknownMethod(id.getTag("httpMethod")) || isUnknownMethod(id.getTag("http.method")));
	}

	private static boolean isUnknownMethod(@Nullable String value) {
		return value != null && !KNOWN_METHODS.contains(value);
	}

}
