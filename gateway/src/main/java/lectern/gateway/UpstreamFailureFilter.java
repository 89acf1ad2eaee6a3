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
 * Translates a network failure between the gateway and a service to a problem with status
 * 503. Examples are a refused connection and a connection that breaks before the response
 * because the process of the service was killed.
 */
@Component
class UpstreamFailureFilter implements GlobalFilter, Ordered {

	private static final String RETRY_AFTER_SECONDS = "2";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange)
			.onErrorMap((failure) -> isConnectionFailure(exchange, failure),
					(failure) -> unavailable().causedBy(failure));
	}

	/** Runs around all filters that call a service. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/** A committed response cannot be replaced by a problem; its connection is closed. */
	private static boolean isConnectionFailure(ServerWebExchange exchange, Throwable failure) {
		return failure instanceof IOException && !exchange.getResponse().isCommitted();
	}

	private static Problem unavailable() {
		return Problem
			.of(ProblemType.UNAVAILABLE,
					"A service could not be reached or did not complete its answer; it may be restarting. "
							+ "Try again in a moment.")
			.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

}
