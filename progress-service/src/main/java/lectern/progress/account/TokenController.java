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

/** Signing in over HTTP. */
@RestController
@RequestMapping(path = TokenController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class TokenController {

	static final String PATH = "/api/v1/tokens";

	private static final String FORWARDED_SCHEME = "X-Forwarded-Proto";

	private final TokenIssuer tokenIssuer;

	TokenController(TokenIssuer tokens) {
		this.tokenIssuer = tokens;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<TokenResponse>> post(@RequestBody Mono<SignInRequest> sent, ServerHttpRequest request) {
		return sent.flatMap((signIn) -> signIn.signIn(this.tokenIssuer))
			.map((token) -> ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookie(token, request)).body(token));
	}

	/** For browsers: no script can read it and no other site can make them send it. */
	private static String cookie(TokenResponse token, ServerHttpRequest request) {
		// The gateway says how it was asked; a caller that lies to us here only gets a
		// cookie that is no good to it.
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
