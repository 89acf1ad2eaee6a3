package lectern.web;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Writes a line to the log of a service if its client leaves before the response. That is
 * all that a service sees of a request for which the gateway has answered 504.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class AbandonedRequestFilter implements WebFilter {

	private static final int MAX_LINES_PER_MINUTE = 60;

	/** Clients may leave as often as they like. */
	private final LineLimit limit = new LineLimit(MAX_LINES_PER_MINUTE);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		long began = System.nanoTime();
		return chain.filter(exchange).doOnCancel(() -> onCancel(exchange, began));
	}

	/** A stream, or a long response, ends in this way as a rule. */
	private void onCancel(ServerWebExchange exchange, long began) {
		if (!exchange.getResponse().isCommitted() && this.limit.acquire()) {
			RequestLog.abandoned(LoggedRequest.of(exchange), Duration.ofNanos(System.nanoTime() - began));
		}
	}

}
