package lectern.progress.account;

import java.time.Clock;

import lectern.progress.account.SigningKeyStore.SigningKeys;
import lectern.streaming.revocation.SessionRevocations;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.RevokedSessions;
import lectern.web.TokenDecoders;
import lectern.web.TokenKeys;
import lectern.web.TokenSecurity;
import lectern.web.TokenSettings;
import lectern.web.VerifiedTokenCache;
import reactor.core.publisher.Mono;

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
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/** Authorization rules of the service, and the beans that issue and verify tokens. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

	private static final String PUBLIC_READS = "/api/v1/activity/**";

	/**
	 * Keys, revocations and public reads are for everybody, and a request with a password
	 * is about the password: an expired token beside it does not matter. Without a
	 * password it renews an expired token.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE - 1)
	SecurityWebFilterChain publicFilterChain(ServerHttpSecurity http) {
		return TokenSecurity.chainWithoutTokenCheck(http, ServerWebExchangeMatchers.matchers(
				ServerWebExchangeMatchers.pathMatchers(JwkSetController.PATH, SessionRevocations.PATH),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, PUBLIC_READS),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.HEAD, PUBLIC_READS),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, AccountController.PATH, TokenController.PATH)));
	}

	@Bean
	SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			VerifiedTokenCache verifiedTokens) {
		return TokenSecurity.chain(http, decoder, verifiedTokens, AccountConfiguration::authorizationRules);
	}

	private static void authorizationRules(AuthorizeExchangeSpec exchanges) {
		exchanges
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

	/** The keys come from the database instead of a request to the key set. */
	@Bean
	TokenKeys tokenKeys(SigningKeyStore keyStore, Clock clock) {
		return new TokenKeys(keyStore.load().map(SigningKeys::published), clock);
	}

	/** A token of an account that does not exist any more is not valid. */
	@Bean
	ReactiveJwtDecoder jwtDecoder(TokenKeys keys, TokenSettings settings, AccountRepository accounts, Clock clock) {
		ReactiveJwtDecoder decoder = TokenDecoders.create(keys, settings, clock);
		return (encoded) -> decoder.decode(encoded)
			.filterWhen((token) -> Mono.justOrEmpty(token.getSubject()).flatMap(accounts::exists))
			.switchIfEmpty(Mono.error(() -> new BadJwtException("The account does not exist")));
	}

	@Bean
	TokenRenewal tokenRenewal(TokenKeys keys, TokenSettings settings, TokenIssuer tokenIssuer) {
		return new TokenRenewal(TokenDecoders.createIgnoringExpiry(keys, settings), tokenIssuer);
	}

	@Bean
	Sessions sessions(SessionRepository repository, RevokedSessions revokedSessions, Clock clock) {
		return new Sessions(repository, revokedSessions, clock);
	}

	@Bean
	TokenIssuer tokenIssuer(AccountRepository accounts, PasswordHasher passwordHasher, SigningKeyStore keyStore,
			Sessions sessions, TokenSettings settings, Clock clock) {
		return new TokenIssuer(accounts, passwordHasher, keyStore, sessions, settings, clock);
	}

}
