package lectern.catalog;

import java.time.Clock;

import lectern.streaming.revocation.RevocationFile;
import lectern.streaming.revocation.RevocationFollower;
import lectern.web.RequiredRole;
import lectern.web.RevokedSessions;
import lectern.web.RotatingAddress;
import lectern.web.ServiceAddresses;
import lectern.web.TokenSecurity;
import lectern.web.TokenSettings;
import lectern.web.VerifiedTokenCache;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/** Authorization, ended sessions and the clock of the catalog service. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

	private static final ServerWebExchangeMatcher IMPORTS = ServerWebExchangeMatchers
		.pathMatchers("/api/v1/imports/**");

	/** Anybody may read all but imports, so a token does not matter, valid or not. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE - 1)
	SecurityWebFilterChain publicFilterChain(ServerHttpSecurity http) {
		ServerWebExchangeMatcher reads = (exchange) -> {
			HttpMethod method = exchange.getRequest().getMethod();
			return (method == HttpMethod.GET || method == HttpMethod.HEAD) ? MatchResult.match()
					: MatchResult.notMatch();
		};
		return TokenSecurity.chainWithoutTokenCheck(http,
				new AndServerWebExchangeMatcher(reads, new NegatedServerWebExchangeMatcher(IMPORTS)));
	}

	/** Everything else needs the role curator. */
	@Bean
	SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			VerifiedTokenCache verifiedTokens) {
		return TokenSecurity.chain(http, decoder, verifiedTokens,
				(rules) -> rules.anyExchange().access(new RequiredRole("curator")));
	}

	@Bean
	RevocationFollower revocationFollower(ServiceAddresses services, JsonMapper mapper, RevokedSessions revokedSessions,
			TokenSettings settings) {
		return new RevocationFollower(new RotatingAddress(services.progress().url()), mapper, revokedSessions,
				new RevocationFile(settings.folder()));
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
