package lectern.gateway;

import java.time.Duration;

import lectern.web.SessionCookie;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

/**
 * Deletes the cookie of a browser if its token is not valid. A script cannot delete it,
 * because the cookie is HttpOnly. If it stayed, its owner could not read public resources
 * either, because the gateway rejects every request with an invalid token.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class RejectedCookieRemovalFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (SessionCookie.tokenIn(exchange.getRequest()) != null) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> expireIfUnauthorized(exchange)));
		}
		return chain.filter(exchange);
	}

	/**
	 * Delete the cookie only if the gateway itself rejected the request: the 401 of a
	 * service may be about a password.
	 */
	private static void expireIfUnauthorized(ServerWebExchange exchange) {
		if (exchange.getResponse().getStatusCode() == HttpStatus.UNAUTHORIZED
				&& exchange.getAttribute(GATEWAY_ROUTE_ATTR) == null) {
			exchange.getResponse()
				.addCookie(SessionCookie.with("", exchange.getRequest()).maxAge(Duration.ZERO).build());
		}
	}

}
