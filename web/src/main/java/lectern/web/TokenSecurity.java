package lectern.web;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.convert.converter.Converter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;

/**
 * Builds filter chains that check the token of a request, from its header or its cookie,
 * and apply the authorization rules of a service. There are no sessions, forms or
 * redirects: a request without permission is answered with a problem.
 */
public final class TokenSecurity {

	/** The claim that lists the account's roles: {@code curator}, {@code operator}. */
	public static final String ROLES = "roles";

	private static final ProblemType CROSS_ORIGIN = new ProblemType("cross-origin", HttpStatus.FORBIDDEN,
			"The cookie is not accepted from another origin");

	private TokenSecurity() {
	}

	/**
	 * Build a filter chain that checks tokens and then applies authorization rules.
	 * {@code OPTIONS} is always allowed, and a request that nothing handles is answered
	 * as such before its sender is asked for a permission.
	 * @param decoder decodes and verifies a token
	 * @param verifiedTokens keeps valid tokens until they expire
	 * @param rules the authorization rules
	 */
	public static SecurityWebFilterChain chain(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			VerifiedTokenCache verifiedTokens, Customizer<AuthorizeExchangeSpec> rules) {
		// The entry points and handlers fail, so that the failure reaches the handler
		// that writes problems.
		return stateless(http).authorizeExchange((exchanges) -> exchanges.pathMatchers(HttpMethod.OPTIONS).permitAll())
			.authorizeExchange(rules)
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(AccessDenial::fail)
				.accessDeniedHandler(AccessDenial::fail))
			.oauth2ResourceServer((server) -> server.bearerTokenConverter(new HeaderOrCookieTokenConverter())
				.authenticationEntryPoint(AccessDenial::fail)
				.accessDeniedHandler(AccessDenial::fail)
				.jwt((jwt) -> jwt.jwtDecoder(verifiedTokens.decoder(decoder))
					.jwtAuthenticationConverter(new RoleAuthenticationConverter())))
			.build();
	}

	/**
	 * Build a filter chain that lets everybody use the given paths, which are only read,
	 * without any check of the token: a token that is not valid, or cannot be checked at
	 * the moment, does not lock anybody out.
	 */
	public static SecurityWebFilterChain chainWithoutTokenCheck(ServerHttpSecurity http, String... paths) {
		return chainWithoutTokenCheck(http, ServerWebExchangeMatchers.pathMatchers(paths));
	}

	/**
	 * Build a filter chain that lets everybody send some requests, without any check of
	 * the token.
	 * @param requests what takes no token, as it concerns nobody or brings a password
	 */
	public static SecurityWebFilterChain chainWithoutTokenCheck(ServerHttpSecurity http,
			ServerWebExchangeMatcher requests) {
		return stateless(http).securityMatcher(requests)
			.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.build();
	}

	/**
	 * Return the token of a request, from its header or its cookie.
	 * @return cold; empty if there is none; fails with an {@code AuthenticationException}
	 * if the header is malformed, and with a {@link Problem} (403) if the page of another
	 * origin tries to change something with the cookie
	 */
	public static Mono<String> token(ServerWebExchange exchange) {
		return new HeaderOrCookieTokenConverter().convert(exchange)
			.cast(BearerTokenAuthenticationToken.class)
			.map(BearerTokenAuthenticationToken::getToken);
	}

	/** Tell whether a request has a token, valid or not. */
	public static boolean hasToken(ServerHttpRequest request) {
		return request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION) || SessionCookie.tokenIn(request) != null;
	}

	private static ServerHttpSecurity stateless(ServerHttpSecurity http) {
		return http.csrf((csrf) -> csrf.disable())
			.httpBasic((basic) -> basic.disable())
			.formLogin((form) -> form.disable())
			.logout((logout) -> logout.disable())
			.requestCache((cache) -> cache.disable())
			.headers((headers) -> headers.hsts((hsts) -> hsts.includeSubdomains(false)))
			.securityContextRepository(NoOpServerSecurityContextRepository.getInstance());
	}

	private static final class HeaderOrCookieTokenConverter implements ServerAuthenticationConverter {

		private final ServerBearerTokenAuthenticationConverter header = new ServerBearerTokenAuthenticationConverter();

		@Override
		public Mono<Authentication> convert(ServerWebExchange exchange) {
			return this.header.convert(exchange).switchIfEmpty(Mono.defer(() -> convertCookie(exchange)));
		}

		private static Mono<Authentication> convertCookie(ServerWebExchange exchange) {
			@Nullable String token = SessionCookie.tokenIn(exchange.getRequest());
			if (token == null) {
				return Mono.empty();
			}
			return SessionCookie.isUsable(exchange.getRequest()) ? Mono.just(new BearerTokenAuthenticationToken(token))
					: AccessDenial.fail(exchange, crossOrigin()).then(Mono.empty());
		}

		private static Problem crossOrigin() {
			return Problem.of(CROSS_ORIGIN, "A browser's cookie permits changes only to pages of this origin, "
					+ "which the headers Sec-Fetch-Site or Origin have to confirm. Send a Bearer token instead.");
		}

	}

	private static final class RoleAuthenticationConverter
			implements Converter<Jwt, Mono<AbstractAuthenticationToken>> {

		@Override
		public Mono<AbstractAuthenticationToken> convert(Jwt token) {
			String reader = token.getSubject();
			return (reader == null) ? Mono.error(new InvalidBearerTokenException("The token has no subject"))
					: Mono.just(new JwtAuthenticationToken(token, authorities(token), reader));
		}

		private static Collection<GrantedAuthority> authorities(Jwt token) {
			@Nullable List<String> roles = token.getClaimAsStringList(ROLES);
			return (roles == null) ? List.of()
					: roles.stream()
						.<GrantedAuthority>map((role) -> new SimpleGrantedAuthority("ROLE_" + role))
						.toList();
		}

	}

}
