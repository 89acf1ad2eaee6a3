package lectern.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR;

/** Counts the streams that are being relayed, by their route's pattern. */
@Component
class OpenStreams implements GlobalFilter, Ordered {

	private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	OpenStreams(MeterRegistry registry) {
		this.registry = registry;
		// Shown from the start, so that nothing open is zero and not absent.
		stream("/api/v1/catalog/events");
		stream("/api/v1/readers/*/events");
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		@Nullable String pattern = exchange.getAttribute(GATEWAY_PREDICATE_MATCHED_PATH_ATTR);
		if (pattern == null || !pattern.endsWith("/events")) {
			return chain.filter(exchange);
		}
		AtomicInteger count = stream(pattern);
		return Mono.defer(() -> {
			count.incrementAndGet();
			return chain.filter(exchange);
		}).doFinally((_) -> count.decrementAndGet());
	}

	/** Around the writing of the answer, which lasts as long as the stream. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/** There are as many as routes have patterns: few, and none of a caller's making. */
	private AtomicInteger stream(String pattern) {
		return this.open.computeIfAbsent(pattern, (_) -> {
			AtomicInteger count = new AtomicInteger();
			Gauge.builder(EdgeMeter.UPSTREAMS.meterName(), count, AtomicInteger::get)
				.tag("stream", pattern)
				.register(this.registry);
			return count;
		});
	}

}
