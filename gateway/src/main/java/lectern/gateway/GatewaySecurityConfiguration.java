package lectern.gateway;

import lectern.web.TokenSecurity;
import lectern.web.VerifiedTokenCache;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/** Configures which requests need a token and how the gateway checks it. */
@Configuration(proxyBeanMethods = false)
class GatewaySecurityConfiguration {

	/**
	 * Pages, problems and keys are for everybody, and a request with a password is about
	 * the password: an expired token beside it does not matter.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE - 1)
	SecurityWebFilterChain publicFilterChain(ServerHttpSecurity http) {
		ServerWebExchangeMatcher outsideApi = new NegatedServerWebExchangeMatcher(
				ServerWebExchangeMatchers.pathMatchers("/api/**"));
		return TokenSecurity.chainWithoutTokenCheck(http, ServerWebExchangeMatchers.matchers(outsideApi,
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, "/api/v1/tokens", "/api/v1/readers")));
	}

	@Bean
	SecurityWebFilterChain tokenSecurityFilterChain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			VerifiedTokenCache verifiedTokens) {
		return TokenSecurity.chain(http, decoder, verifiedTokens, GatewaySecurityConfiguration::rules);
	}

	/**
	 * The gateway rejects tokens that are not valid. A request without one is passed on:
	 * only the service knows whether the resource exists, takes the method and is public.
	 * The gateway checks permissions for its own resources.
	 */
	private static void rules(AuthorizeExchangeSpec exchanges) {
		exchanges.pathMatchers("/api/v1/operations/**").hasRole("operator").anyExchange().permitAll();
	}

}
