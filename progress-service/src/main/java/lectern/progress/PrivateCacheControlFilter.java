package lectern.progress;

import lectern.web.CacheControlPolicy;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Marks every response as private and not cacheable, since nearly all responses are about
 * one reader. Public resources override the header.
 */
@Component
class PrivateCacheControlFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().getHeaders().setCacheControl(CacheControlPolicy.PRIVATE);
		return chain.filter(exchange);
	}

}
