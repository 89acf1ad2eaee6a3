package lectern.catalog;

import lectern.web.TokenSecurity;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets shared caches keep what anybody may read for a few seconds; what is answered to a
 * token is nobody else's.
 */
@Component
class PublicCaching implements WebFilter {

	private static final String PUBLIC = "public, max-age=0, s-maxage=5";

	private static final String PRIVATE = "private, no-store";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().getHeaders().setCacheControl(isPublic(exchange.getRequest()) ? PUBLIC : PRIVATE);
		return chain.filter(exchange);
	}

	private static boolean isPublic(ServerHttpRequest request) {
		boolean read = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
		return read && !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
				&& !request.getCookies().containsKey(TokenSecurity.COOKIE);
	}

}
