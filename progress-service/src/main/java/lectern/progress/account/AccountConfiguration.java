package lectern.progress.account;

import java.time.Clock;
import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.TokenExpiryValidator;
import lectern.web.TokenSecurity;
import lectern.web.VerifiedTokenCache;
import reactor.core.publisher.Mono;

import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/** Authorization rules of the service, and the beans that issue and verify tokens. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

	/**
	 * Keys are for everybody, and a request with a password is about the password: an
	 * expired token beside it does not matter.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE - 1)
	SecurityWebFilterChain publicFilterChain(ServerHttpSecurity http) {
		return TokenSecurity.chainWithoutTokenCheck(http, ServerWebExchangeMatchers.matchers(
				ServerWebExchangeMatchers.pathMatchers(JwkSetController.PATH),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, AccountController.PATH, TokenController.PATH)));
	}

	@Bean
	SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			VerifiedTokenCache verifiedTokens) {
		return TokenSecurity.chain(http, decoder, verifiedTokens, AccountConfiguration::authorizationRules);
	}

	private static void authorizationRules(AuthorizeExchangeSpec exchanges) {
		exchanges.pathMatchers(HttpMethod.GET, "/api/v1/activity/**")
			.permitAll()
			.pathMatchers(HttpMethod.HEAD, "/api/v1/activity/**")
			.permitAll()
			// The management port uses this filter chain too; the API port serves nothing
			// under this path.
			.pathMatchers("/actuator/**")
			.permitAll()
			.pathMatchers(AccountController.PATH + "/{reader}/**")
			.access(AccountConfiguration::authorizeOwnPath)
			.anyExchange()
			.authenticated();
	}

	/** Allow a path under a reader only to that reader, whatever their roles are. */
	private static Mono<AuthorizationResult> authorizeOwnPath(Mono<Authentication> authentication,
			AuthorizationContext context) {
		return authentication.filter(Authentication::isAuthenticated).<AuthorizationResult>map((signedIn) -> {
			if (!signedIn.getName().equals(context.getVariables().get("reader"))) {
				throw Problem.of(ProblemType.FORBIDDEN, "This resource belongs to another reader.");
			}
			return new AuthorizationDecision(true);
		}).defaultIfEmpty(new AuthorizationDecision(false));
	}

	/**
	 * Verifies the same claims as the other services do, with the key from the database
	 * instead of a request to the key set.
	 */
	@Bean
	ReactiveJwtDecoder jwtDecoder(SigningKeyStore keyStore, OAuth2ResourceServerProperties properties) {
		NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder
			.withJwkSource((_) -> keyStore.get().flux().cast(JWK.class))
			.jwsAlgorithm(SignatureAlgorithm.ES256)
			.build();
		List<OAuth2TokenValidator<Jwt>> validators = List.of(new JwtIssuerValidator(TokenIssuer.ISSUER),
				new JwtAudienceValidator(audience(properties)), new TokenExpiryValidator(Clock.systemUTC()));
		decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(validators));
		return decoder;
	}

	@Bean
	TokenIssuer tokenIssuer(AccountRepository accounts, PasswordHasher passwordHasher, SigningKeyStore keyStore,
			OAuth2ResourceServerProperties properties) {
		return new TokenIssuer(accounts, passwordHasher, keyStore, audience(properties), Clock.systemUTC());
	}

	private static String audience(OAuth2ResourceServerProperties properties) {
		return properties.getJwt().getAudiences().getFirst();
	}

}
