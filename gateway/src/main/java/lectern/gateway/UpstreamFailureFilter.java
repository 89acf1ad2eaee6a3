package lectern.gateway;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import lectern.gateway.upstream.CallRejectedException;
import lectern.gateway.upstream.UpstreamService;
import lectern.gateway.upstream.UpstreamServices;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

/**
 * Translates a failure between the gateway and a service to a problem that names the
 * service: 503 after a network failure, for example a connection that breaks because the
 * process was killed, and 504 if no response has begun in time.
 */
@Component
class UpstreamFailureFilter implements GlobalFilter, Ordered {

	private final UpstreamServices services;

	UpstreamFailureFilter(UpstreamServices services) {
		this.services = services;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange).onErrorMap((failure) -> translate(exchange, failure));
	}

	/** A committed response cannot be replaced by a problem; its connection is closed. */
	private Throwable translate(ServerWebExchange exchange, Throwable failure) {
		UpstreamService service = serviceOf(exchange);
		if (service == null || exchange.getResponse().isCommitted()) {
			return failure;
		}
		return switch (failure) {
			case CallRejectedException rejected -> rejected.problem();
			case IOException _ -> service.failed().causedBy(failure);
			default -> isTimeout(failure) ? service.timedOut().causedBy(failure) : failure;
		};
	}

	private @Nullable UpstreamService serviceOf(ServerWebExchange exchange) {
		Route route = exchange.getAttribute(GATEWAY_ROUTE_ATTR);
		return (route != null) ? this.services.find(route.getUri()) : null;
	}

	private static boolean isTimeout(Throwable failure) {
		return failure instanceof TimeoutException || failure instanceof ResponseStatusException response
				&& response.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT;
	}

	/** Runs around all filters that call a service. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
