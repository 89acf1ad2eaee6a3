package lectern.gateway.relay;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Fails a request that has already failed on the short way. The ordinary way then writes
 * the same problem as if it had called the service itself.
 */
@Component
class RelayFailureRethrowFilter implements GlobalFilter, Ordered {

	/**
	 * The key in the context under which the handler of the short way puts the failure.
	 */
	static final Class<RelayFailureException> FAILURE = RelayFailureException.class;

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return Mono.deferContextual((context) -> {
			Throwable failure = context.getOrDefault(FAILURE, null);
			return (failure != null) ? Mono.error(failure) : chain.filter(exchange);
		});
	}

	/** Runs within the filter that translates failures and before those that send. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 1;
	}

}
