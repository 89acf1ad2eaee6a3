package lectern.catalog;

import lectern.web.CacheControlPolicy;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets shared caches keep responses to anonymous reads for a few seconds. Responses to
 * requests with a token are not cached.
 */
@Component
class PublicCacheControlFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().getHeaders().setCacheControl(CacheControlPolicy.forPublicRead(exchange.getRequest()));
		return chain.filter(exchange);
	}

}
