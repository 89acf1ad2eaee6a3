package lectern.gateway;

import java.time.Duration;

import lectern.web.TokenSecurity;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

/**
 * Takes back a browser's cookie when its token is no good. A script cannot: the cookie is
 * HttpOnly. Left in place it would shut its owner out of the public reads too, which a
 * bad token does not pass either.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class InvalidCookieFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (exchange.getRequest().getCookies().containsKey(TokenSecurity.COOKIE)) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> expireIfUnauthorized(exchange)));
		}
		return chain.filter(exchange);
	}

	/** Only what the gateway itself refused: a service's 401 may be about a password. */
	private static void expireIfUnauthorized(ServerWebExchange exchange) {
		if (exchange.getResponse().getStatusCode() == HttpStatus.UNAUTHORIZED
				&& exchange.getAttribute(GATEWAY_ROUTE_ATTR) == null) {
			exchange.getResponse()
				.addCookie(ResponseCookie.from(TokenSecurity.COOKIE, "")
					.path("/")
					.httpOnly(true)
					.sameSite("Strict")
					.maxAge(Duration.ZERO)
					.build());
		}
	}

}
