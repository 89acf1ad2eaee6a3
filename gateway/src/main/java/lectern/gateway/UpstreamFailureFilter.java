package lectern.gateway;

import java.io.IOException;

import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Calls every network failure between here and a service what it is to the caller: a part
 * of Lectern that is away for the moment. A refused connection is one, and so is one that
 * breaks before its answer because the process was killed.
 */
@Component
class UpstreamFailureFilter implements GlobalFilter, Ordered {

	private static final String RETRY_AFTER_SECONDS = "2";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange)
			.onErrorMap((failure) -> isConnectionFailure(exchange, failure), (_) -> unavailable());
	}

	/** Around everything that talks to a service. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/** An answer that has begun keeps its own failure: it can only be cut off. */
	private static boolean isConnectionFailure(ServerWebExchange exchange, Throwable failure) {
		return failure instanceof IOException && !exchange.getResponse().isCommitted();
	}

	private static Problem unavailable() {
		return Problem.of(ProblemType.UNAVAILABLE,
				"A service could not be reached or did not complete its answer; it may be restarting. Try again in a moment.")
			.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

}
