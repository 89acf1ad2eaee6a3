package lectern.gateway;

import lectern.web.TokenSecurity;
import lectern.web.VerifiedTokenCache;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Configures which requests need a token and how the gateway checks it. */
@Configuration(proxyBeanMethods = false)
class GatewaySecurityConfiguration {

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
