package lectern.progress;

import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/** Counts the requests that the web framework handles. */
final class FrameworkRequestCounter implements WebFilter {

	private final AtomicLong requests = new AtomicLong();

	long count() {
		return this.requests.get();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		this.requests.incrementAndGet();
		return chain.filter(exchange);
	}

}
