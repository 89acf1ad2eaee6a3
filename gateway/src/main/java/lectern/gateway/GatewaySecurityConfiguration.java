package lectern.gateway;

import java.util.List;

import lectern.gateway.relay.PublicReads;
import lectern.web.TokenSecurity;
import lectern.web.VerifiedTokenCache;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Configures which requests need a token and how the gateway checks it. */
@Configuration(proxyBeanMethods = false)
class GatewaySecurityConfiguration {

	private static final String[] PUBLIC_READS = { "/api/v1/books/**", "/api/v1/topics", "/api/v1/authors",
			"/api/v1/paths/**", "/api/v1/export", "/api/v1/catalog/**", "/api/v1/activity/**" };

	@Bean
	PublicReads publicReads() {
		return new PublicReads(List.of(PUBLIC_READS));
	}

	@Bean
	SecurityWebFilterChain tokenSecurityFilterChain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			VerifiedTokenCache verifiedTokens) {
		return TokenSecurity.chain(http, decoder, verifiedTokens, GatewaySecurityConfiguration::rules);
	}

	/**
	 * The gateway only requires that a request is authenticated. The service that answers
	 * checks the roles; the gateway checks them for its own resources.
	 */
	private static void rules(AuthorizeExchangeSpec exchanges) {
		exchanges.pathMatchers(HttpMethod.GET, PUBLIC_READS)
			.permitAll()
			.pathMatchers(HttpMethod.HEAD, PUBLIC_READS)
			.permitAll()
			.pathMatchers(HttpMethod.POST, "/api/v1/readers", "/api/v1/tokens")
			.permitAll()
			.pathMatchers("/api/v1/operations/**")
			.hasRole("operator")
			.pathMatchers("/api/**")
			.authenticated()
			// Pages, public keys, and the requests to the management port.
			.anyExchange()
			.permitAll();
	}

}
