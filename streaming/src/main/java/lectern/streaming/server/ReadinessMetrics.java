package lectern.streaming.server;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import lectern.streaming.log.BackgroundLoop;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Exports which parts of a service are ready. The readiness endpoint tells it only to
 * those who ask at the right moment, and never which part it is.
 */
final class ReadinessMetrics extends BackgroundLoop {

	static final Duration INTERVAL = Duration.ofSeconds(5);

	/** Less than the database pool waits for a connection, which is 5 s. */
	static final Duration CHECK_TIMEOUT = Duration.ofSeconds(4);

	private final Set<String> components;

	private final Function<String, Mono<Boolean>> check;

	private final Map<String, Boolean> ready = new ConcurrentHashMap<>();

	/**
	 * @param components the names of the parts
	 * @param check returns whether a part is ready; one that fails or takes too long is
	 * not
	 */
	ReadinessMetrics(Set<String> components, Function<String, Mono<Boolean>> check, MeterRegistry registry) {
		super("It is not known which parts of the service are ready");
		this.components = Set.copyOf(components);
		this.check = check;
		for (String component : this.components) {
			Gauge.builder(ReadinessMeter.READY.getName(), () -> isReady(component) ? 1 : 0)
				.description(ReadinessMeter.READY.definition().description())
				.tag("component", component)
				.register(registry);
		}
	}

	private boolean isReady(String component) {
		return this.ready.getOrDefault(component, false);
	}

	@Override
	protected Publisher<?> step() {
		return Flux.fromIterable(this.components)
			.flatMap(this::checkOne, Math.max(1, this.components.size()))
			.thenMany(Mono.delay(INTERVAL));
	}

	private Mono<Boolean> checkOne(String component) {
		return Mono.defer(() -> this.check.apply(component))
			.timeout(CHECK_TIMEOUT)
			.onErrorReturn(false)
			.defaultIfEmpty(false)
			.doOnNext((result) -> this.ready.put(component, result));
	}

}
