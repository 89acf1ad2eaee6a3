package lectern.progress.account;

import java.time.Clock;
import java.util.function.Function;

import lectern.progress.account.SigningKeyStore.SigningKeys;
import lectern.streaming.revocation.SessionRevocations;
import lectern.web.OidcSettings;
import lectern.web.RequiredRole;
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
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/** Authorization rules of the service, and the beans that issue and verify tokens. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

	private static final String PUBLIC_READS = "/api/v1/activity/**";

	/**
	 * Public keys, revocations and public reads are for everybody, and a request with a
	 * password, or with the key of a program, is about that: an expired token beside it
	 * does not matter. Without a password it renews an expired token.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE - 1)
	SecurityWebFilterChain publicFilterChain(ServerHttpSecurity http) {
		return TokenSecurity.chainWithoutTokenCheck(http, ServerWebExchangeMatchers.matchers(
				ServerWebExchangeMatchers.pathMatchers("/healthz", JwkSetController.PATH, SessionRevocations.PATH,
						AccessKeyTokenController.PATH),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, PUBLIC_READS),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.HEAD, PUBLIC_READS),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, AccountController.PATH, TokenController.PATH)));
	}

	@Bean
	SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			VerifiedTokenCache verifiedTokens, AccountSettings settings, SecurityEventLog events) {
		return TokenSecurity.chain(http, decoder, verifiedTokens,
				(exchanges) -> authorizationRules(exchanges, settings.administrationSecret(), events));
	}

	private static void authorizationRules(AuthorizeExchangeSpec exchanges, String administrationSecret,
			SecurityEventLog events) {
		exchanges
			// The management port uses this filter chain too; the API port serves nothing
			// under this path.
			.pathMatchers("/actuator/**")
			.access(new ManagementAuthorization(administrationSecret))
			.pathMatchers(HttpMethod.POST, AccountController.PATH + "/{reader}/import")
			.access(new RequiredRole(Role.OPERATOR))
			.pathMatchers(AccountController.PATH + "/{reader}/**")
			.access(new ReaderAuthorization(events))
			.anyExchange()
			.authenticated();
	}

	/** Our own keys come from the database instead of a request to the key set. */
	@Bean
	TokenKeys tokenKeys(SigningKeyStore keyStore, TokenSettings settings, Clock clock) {
		OidcSettings oidc = settings.oidc();
		return (oidc != null) ? TokenKeys.of(oidc, clock)
				: new TokenKeys(keyStore.load().map(SigningKeys::published), clock);
	}

	/** A token of an account that does not exist any more is not valid. */
	@Bean
	ReactiveJwtDecoder jwtDecoder(TokenKeys keys, TokenSettings settings, AccountRepository accounts,
			AccountCreation creation, Clock clock) {
		ReactiveJwtDecoder decoder = TokenDecoders.create(keys, settings, clock);
		Function<Jwt, Mono<Boolean>> hasAccount = (settings.oidc() != null)
				? new OutsideAccounts(accounts, creation)::hasAccount : (token) -> Mono.justOrEmpty(token.getSubject())
					.flatMap((reader) -> CanaryToken.isReader(reader) ? Mono.just(true) : accounts.exists(reader));
		return (encoded) -> decoder.decode(encoded)
			.filterWhen(hasAccount)
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
	TokenEncoder tokenEncoder(SigningKeyStore keyStore, TokenSettings settings, Clock clock) {
		return new TokenEncoder(keyStore, settings, clock);
	}

	@Bean
	TokenIssuer tokenIssuer(AccountRepository accounts, PasswordHasher passwordHasher, Sessions sessions,
			TokenEncoder encoder, Clock clock) {
		return new TokenIssuer(accounts, passwordHasher, sessions, encoder, clock);
	}

}
