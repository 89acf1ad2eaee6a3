package lectern.progress.account;

import java.time.Clock;
import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.TokenSecurity;
import reactor.core.publisher.Mono;

import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

/** Who may do what here, and what tokens are made and checked with. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

	/** A few seconds of work for each thread: longer nobody waits for an answer. */
	private static final int MAX_QUEUED_PASSWORDS = 64;

	@Bean
	SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http, ReactiveJwtDecoder tokens) {
		return TokenSecurity.chain(http, tokens, AccountConfiguration::authorizationRules);
	}

	private static void authorizationRules(AuthorizeExchangeSpec exchanges) {
		exchanges.pathMatchers(HttpMethod.POST, AccountController.PATH, TokenController.PATH)
			.permitAll()
			.pathMatchers(JwkSetController.PATH)
			.permitAll()
			.pathMatchers(HttpMethod.GET, "/api/v1/activity/**")
			.permitAll()
			.pathMatchers(HttpMethod.HEAD, "/api/v1/activity/**")
			.permitAll()
			// Requests of the management port pass here as well; on ours there is
			// nothing.
			.pathMatchers("/actuator/**")
			.permitAll()
			.pathMatchers(AccountController.PATH + "/{reader}/**")
			.access(AccountConfiguration::authorizeOwnPath)
			.anyExchange()
			.authenticated();
	}

	/** What is under a reader's address is that reader's alone, whatever the roles. */
	private static Mono<AuthorizationResult> authorizeOwnPath(Mono<Authentication> authentication,
			AuthorizationContext context) {
		return authentication.filter(Authentication::isAuthenticated).<AuthorizationResult>map((signedIn) -> {
			if (!signedIn.getName().equals(context.getVariables().get("reader"))) {
				throw Problem.of(ProblemType.FORBIDDEN, "What is at this address is another reader's.");
			}
			return new AuthorizationDecision(true);
		}).defaultIfEmpty(new AuthorizationDecision(false));
	}

	/** Checks what the others check, by the key at hand instead of asking over HTTP. */
	@Bean
	ReactiveJwtDecoder jwtDecoder(SigningKeyStore key, OAuth2ResourceServerProperties properties) {
		NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder
			.withJwkSource((_) -> key.get().flux().cast(JWK.class))
			.jwsAlgorithm(SignatureAlgorithm.ES256)
			.build();
		List<OAuth2TokenValidator<Jwt>> ours = List.of(new JwtIssuerValidator(TokenIssuer.ISSUER),
				new JwtAudienceValidator(audience(properties)));
		decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(ours));
		return decoder;
	}

	@Bean
	TokenIssuer tokenIssuer(AccountRepository accounts, PasswordHasher passwords, SigningKeyStore key,
			OAuth2ResourceServerProperties properties) {
		return new TokenIssuer(accounts, passwords, key, audience(properties), Clock.systemUTC());
	}

	@Bean
	PasswordHasher passwordHasher() {
		return new PasswordHasher(Runtime.getRuntime().availableProcessors(), MAX_QUEUED_PASSWORDS);
	}

	private static String audience(OAuth2ResourceServerProperties properties) {
		return properties.getJwt().getAudiences().getFirst();
	}

}
