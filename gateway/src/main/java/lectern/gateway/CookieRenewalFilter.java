package lectern.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import lectern.gateway.TokenRenewalClient.RenewedToken;
import lectern.web.RevokedSessions;
import lectern.web.SessionCookie;
import lectern.web.TokenSession;
import lectern.web.UnverifiedToken;
import lectern.web.VerifiedTokenCache;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Renews the token in a browser's cookie when it has expired, or contains roles that have
 * changed, before the request is passed on, so that the reader does not notice it. The
 * request goes on with the new token, and the response sets the new cookie. A token whose
 * session has ended is left to the check of tokens, which rejects it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class CookieRenewalFilter implements WebFilter {

	/** A service whose clock is ahead would already reject the token. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	private final VerifiedTokenCache verifiedTokens;

	private final RevokedSessions revokedSessions;

	private final TokenRenewalClient client;

	private final Clock clock;

	CookieRenewalFilter(VerifiedTokenCache verifiedTokens, RevokedSessions revokedSessions, TokenRenewalClient client) {
		this.verifiedTokens = verifiedTokens;
		this.revokedSessions = revokedSessions;
		this.client = client;
		this.clock = Clock.systemUTC();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		@Nullable String cookie = SessionCookie.tokenIn(request);
		if (cookie == null || request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
				|| !SessionCookie.isUsable(request) || !isOutdated(cookie)) {
			return chain.filter(exchange);
		}
		return GatewaySecurityConfiguration.WITHOUT_TOKEN.matches(exchange)
			.filter((match) -> !match.isMatch())
			.flatMap((_) -> this.client.renew(cookie, request.getURI().getScheme()))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((renewed) -> chain.filter(renewed.map((token) -> withToken(exchange, token)).orElse(exchange)));
	}

	private boolean isOutdated(String token) {
		Jwt verified = this.verifiedTokens.find(token);
		if (verified != null) {
			return isExpired(verified.getExpiresAt());
		}
		TokenSession session = UnverifiedToken.session(token);
		return session != null && (isExpired(session.end()) || this.revokedSessions.contains(session.rolesId()));
	}

	private boolean isExpired(@Nullable Instant expiry) {
		return expiry != null && expiry.isBefore(this.clock.instant().plus(MARGIN));
	}

	/** The header takes precedence over the cookie. */
	private static ServerWebExchange withToken(ServerWebExchange exchange, RenewedToken token) {
		exchange.getResponse().getHeaders().add(HttpHeaders.SET_COOKIE, token.cookie());
		return exchange.mutate()
			.request((request) -> request.headers((headers) -> headers.setBearerAuth(token.accessToken())))
			.build();
	}

}
