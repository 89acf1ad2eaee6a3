package lectern.progress.account;

import java.util.UUID;

import lectern.progress.account.TokenIssuer.IssuedToken;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.TokenSecurity;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Signs readers in and out, and renews their tokens. */
@RestController
@RequestMapping(path = TokenController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class TokenController {

	static final String PATH = "/api/v1/tokens";

	private final TokenIssuer tokenIssuer;

	private final TokenRenewal renewal;

	private final Sessions sessions;

	private final SignInGuard guard;

	private final SecurityEventLog events;

	TokenController(TokenIssuer tokenIssuer, TokenRenewal renewal, Sessions sessions, SignInGuard guard,
			SecurityEventLog events) {
		this.tokenIssuer = tokenIssuer;
		this.renewal = renewal;
		this.sessions = sessions;
		this.guard = guard;
		this.events = events;
	}

	/**
	 * Sign in with a password, or renew the token of the request without one. A request
	 * without content needs no content type, even if it came by way of a proxy that does
	 * not know that there is none.
	 */
	@PostMapping
	Mono<ResponseEntity<TokenResponse>> post(@RequestBody(required = false) Mono<SignInRequest> body,
			ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		Mono<IssuedToken> renewed = this.renewal.renew(exchange);
		return body
			.flatMap((signIn) -> (signIn.isEmpty() && TokenSecurity.hasToken(request)) ? renewed
					: this.guard.guard(SecurityEvent.SIGN_IN, signIn.reader(), request,
							signIn.signIn(this.tokenIssuer, request.getHeaders().getFirst(HttpHeaders.USER_AGENT))))
			.switchIfEmpty(renewed)
			.map((token) -> ResponseEntity.ok()
				.header(HttpHeaders.SET_COOKIE, TokenCookie.of(token, request))
				.body(token.response()));
	}

	/** Sign out: end the session of the token that the request is made with. */
	@DeleteMapping("/current")
	Mono<ResponseEntity<Void>> deleteCurrent(JwtAuthenticationToken signedIn, ServerHttpRequest request) {
		return this.sessions.end(requireSession(signedIn), signedIn.getName())
			.doOnNext((_) -> this.events.write(SecurityEvent.SIGN_OUT, signedIn.getName(), request))
			.thenReturn(
					ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, TokenCookie.expired(request)).build());
	}

	private static UUID requireSession(JwtAuthenticationToken signedIn) {
		KeyRestriction.requireSignIn(signedIn.getToken());
		UUID session = sessionId(TokenSession.of(signedIn.getToken()).id());
		if (session == null) {
			throw Problem.of(ProblemType.FORBIDDEN, "This token belongs to no session, so there is none to end.");
		}
		return session;
	}

	/** Parse the id of a session or a key; null if the text is none. */
	static @Nullable UUID sessionId(@Nullable String text) {
		try {
			return (text != null) ? UUID.fromString(text) : null;
		}
		catch (IllegalArgumentException _) {
			return null;
		}
	}

}
