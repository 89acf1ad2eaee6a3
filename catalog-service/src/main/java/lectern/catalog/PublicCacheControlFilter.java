package lectern.catalog;

import lectern.web.CacheControlPolicy;
import lectern.web.CrossOriginAccess;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets shared caches keep responses to anonymous reads for a few seconds, and the pages
 * of all origins read them. Responses to requests with a token are not cached.
 */
@Component
class PublicCacheControlFilter implements WebFilter {

	private static final String IMPORTS = "/api/v1/imports";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.setCacheControl(CacheControlPolicy.forPublicRead(exchange.getRequest()));
		if (isPublicRead(exchange.getRequest())) {
			CrossOriginAccess.allowAll(headers);
		}
		return chain.filter(exchange);
	}

	private static boolean isPublicRead(ServerHttpRequest request) {
		return (request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD)
				&& !request.getPath().value().startsWith(IMPORTS);
	}

}
