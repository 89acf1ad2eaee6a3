package lectern.progress;

import lectern.web.CacheControlPolicy;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Forbids every cache to keep what is answered: nearly all of it is about one reader.
 * What is public says so itself afterwards.
 */
@Component
class PrivateCacheControlFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().getHeaders().setCacheControl(CacheControlPolicy.PRIVATE);
		return chain.filter(exchange);
	}

}
