package lectern.catalog;

import java.time.Clock;

import lectern.web.TokenSecurity;
import lectern.web.VerifiedTokenCache;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Authorization and the clock of the catalog service. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

	/** Anybody may read all but imports; everything else needs the role curator. */
	@Bean
	SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			VerifiedTokenCache verifiedTokens) {
		return TokenSecurity.chain(http, decoder, verifiedTokens,
				(rules) -> rules.pathMatchers("/api/v1/imports/**")
					.hasRole("curator")
					.pathMatchers(HttpMethod.GET)
					.permitAll()
					.pathMatchers(HttpMethod.HEAD)
					.permitAll()
					.anyExchange()
					.hasRole("curator"));
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
