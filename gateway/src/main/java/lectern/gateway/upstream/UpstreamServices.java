package lectern.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.MeterRegistry;
import lectern.web.ServiceAddresses;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** The services behind the gateway, by name. Routes name them as {@code lb://NAME}. */
@Component
public final class UpstreamServices {

	/** The scheme that Spring Cloud uses for the name of a service in place of a host. */
	public static final String SCHEME = "lb";

	/** The health check ends the open state. */
	private static final Duration NEVER = Duration.ofDays(365);

	private static final String CATALOG = "catalog-service";

	private static final String PROGRESS = "progress-service";

	private final Map<String, UpstreamService> byName = new LinkedHashMap<>();

	UpstreamServices(ServiceAddresses addresses, UpstreamSettings settings, MeterRegistry registry) {
		add(CATALOG, addresses.catalog().url(), settings, registry);
		add(PROGRESS, addresses.progress().url(), settings, registry);
	}

	private void add(String name, List<URI> uris, UpstreamSettings settings, MeterRegistry registry) {
		List<ServiceAddress> addresses = new ArrayList<>();
		List<CircuitBreaker> breakers = new ArrayList<>();
		for (URI uri : uris) {
			CircuitBreaker breaker = CircuitBreaker.of(uri.getAuthority(), configuration(settings));
			breakers.add(breaker);
			addresses.add(new ServiceAddress(uri, breaker));
		}
		UpstreamService service = new UpstreamService(name, addresses, settings, registry);
		breakers.forEach(service::log);
		this.byName.put(name, service);
	}

	/**
	 * A breaker opens if half of the last 50 calls have failed or most have been slow.
	 * The health check closes it. The half-open state is not used: it gives a few
	 * requests of readers the task to try out the service, and a slow one of them keeps
	 * out the others.
	 */
	private static CircuitBreakerConfig configuration(UpstreamSettings settings) {
		return CircuitBreakerConfig.custom()
			.slidingWindowType(SlidingWindowType.COUNT_BASED)
			.slidingWindowSize(50)
			.slidingWindowSynchronizationStrategy(SlidingWindowSynchronizationStrategy.LOCK_FREE)
			.minimumNumberOfCalls(20)
			.failureRateThreshold(50)
			.slowCallDurationThreshold(settings.slowCall())
			.slowCallRateThreshold(80)
			.waitDurationInOpenState(NEVER)
			.writableStackTraceEnabled(false)
			.build();
	}

	/** Return all services. */
	Collection<UpstreamService> all() {
		return this.byName.values();
	}

	/**
	 * Find the service of a route.
	 * @param uri the URI of the route
	 * @return null if the route leads to somewhere else
	 */
	public @Nullable UpstreamService find(URI uri) {
		return SCHEME.equals(uri.getScheme()) ? this.byName.get(uri.getHost()) : null;
	}

	/**
	 * Return the service of a route or stream.
	 * @throws IllegalArgumentException if there is no such service
	 */
	public UpstreamService get(URI uri) {
		UpstreamService service = find(uri);
		if (service == null) {
			throw new IllegalArgumentException("There is no service " + uri);
		}
		return service;
	}

	/** Return progress-service, which the gateway itself calls, too. */
	public UpstreamService progress() {
		return Objects.requireNonNull(this.byName.get(PROGRESS));
	}

}
