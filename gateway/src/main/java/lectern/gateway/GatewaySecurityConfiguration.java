package lectern.gateway;

import lectern.gateway.upstream.UpstreamServices;
import lectern.streaming.revocation.RevocationFile;
import lectern.streaming.revocation.RevocationFollower;
import lectern.web.AddressRanges;
import lectern.web.AllowedHosts;
import lectern.web.FloodingAddresses;
import lectern.web.RequiredRole;
import lectern.web.RevokedSessions;
import lectern.web.TokenSecurity;
import lectern.web.TokenSettings;
import lectern.web.VerifiedTokenCache;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
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

/** Configures which requests need a token, and whom the gateway believes. */
@Configuration(proxyBeanMethods = false)
class GatewaySecurityConfiguration {

	/** The paths that everybody may read. */
	static final String[] PUBLIC_READS = { "/api/v1", "/api/v1/openapi.json", "/api/v1/asyncapi.json",
			"/api/v1/books/**", "/api/v1/topics", "/api/v1/authors", "/api/v1/paths/**", "/api/v1/export",
			"/api/v1/catalog/**", "/api/v1/activity/**" };

	/**
	 * The requests for which a token does not matter, valid or not: pages, problems, keys
	 * and public reads are for everybody, and a request with a password is about the
	 * password. Without a password it renews a token that has expired.
	 */
	static final ServerWebExchangeMatcher WITHOUT_TOKEN = ServerWebExchangeMatchers.matchers(
			new NegatedServerWebExchangeMatcher(ServerWebExchangeMatchers.pathMatchers("/api/**")),
			ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, "/api/v1/tokens", "/api/v1/readers"),
			ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, PUBLIC_READS),
			ServerWebExchangeMatchers.pathMatchers(HttpMethod.HEAD, PUBLIC_READS));

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE - 1)
	SecurityWebFilterChain publicFilterChain(ServerHttpSecurity http) {
		return TokenSecurity.chainWithoutTokenCheck(http, WITHOUT_TOKEN);
	}

	@Bean
	SecurityWebFilterChain tokenSecurityFilterChain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			VerifiedTokenCache verifiedTokens) {
		return TokenSecurity.chain(http, decoder, verifiedTokens, GatewaySecurityConfiguration::rules);
	}

	@Bean
	RevocationFollower revocationFollower(UpstreamServices services, JsonMapper mapper, RevokedSessions revokedSessions,
			TokenSettings settings) {
		return new RevocationFollower(() -> services.progress().addressOfStream().uri(), mapper, revokedSessions,
				new RevocationFile(settings.folder()));
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> trustedProxyCustomizer(ProxySettings settings) {
		TrustedProxyHeaders headers = new TrustedProxyHeaders(settings.trusted());
		return (factory) -> {
			factory.addServerCustomizers((server) -> server.forwarded(headers));
			if (settings.proxyProtocol()) {
				factory.addServerCustomizers(new ProxyProtocolCustomizer(settings.trusted()));
			}
		};
	}

	@Bean
	AllowedHosts allowedHosts(HostSettings settings) {
		return new AllowedHosts(settings.allowed());
	}

	@Bean
	FloodingAddresses floodingAddresses(ProxySettings settings) {
		return new FloodingAddresses(new AddressRanges(settings.trusted()));
	}

	/**
	 * The gateway rejects tokens that are not valid. A request without one is passed on:
	 * only the service knows whether the resource exists, takes the method and is public.
	 * The gateway checks permissions for its own resources.
	 */
	private static void rules(AuthorizeExchangeSpec exchanges) {
		exchanges.pathMatchers("/api/v1/operations/**").access(new RequiredRole("operator")).anyExchange().permitAll();
	}

}
