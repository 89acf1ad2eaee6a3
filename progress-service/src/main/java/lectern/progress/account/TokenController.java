package lectern.progress.account;

import java.time.Duration;

import lectern.web.TokenSecurity;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs readers in. */
@RestController
@RequestMapping(path = TokenController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class TokenController {

	static final String PATH = "/api/v1/tokens";

	private static final String FORWARDED_SCHEME = "X-Forwarded-Proto";

	private final TokenIssuer tokenIssuer;

	private final SignInGuard guard;

	TokenController(TokenIssuer tokenIssuer, SignInGuard guard) {
		this.tokenIssuer = tokenIssuer;
		this.guard = guard;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<TokenResponse>> post(@RequestBody Mono<SignInRequest> body, ServerHttpRequest request) {
		return body.flatMap((signIn) -> this.guard.guard(signIn.reader(), request, signIn.signIn(this.tokenIssuer)))
			.map((token) -> ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookie(token, request)).body(token));
	}

	/**
	 * Build the cookie for browsers. Scripts cannot read it, and other sites cannot make
	 * a browser send it.
	 */
	private static String cookie(TokenResponse token, ServerHttpRequest request) {
		// The gateway sets this header. A direct caller that forges it only gets a cookie
		// it cannot use.
		boolean secure = "https".equalsIgnoreCase(request.getHeaders().getFirst(FORWARDED_SCHEME));
		return ResponseCookie.from(TokenSecurity.COOKIE, token.accessToken())
			.path("/")
			.httpOnly(true)
			.sameSite("Strict")
			.secure(secure)
			.maxAge(Duration.ofSeconds(token.expiresIn()))
			.build()
			.toString();
	}

}
