package lectern.progress.account;

import java.time.Duration;

import lectern.progress.account.TokenIssuer.IssuedToken;
import lectern.web.TokenSecurity;

import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The cookie with a browser's token. Scripts cannot read it, and other sites cannot make
 * a browser send it. It lasts as long as the session: the gateway renews the token in it.
 */
final class TokenCookie {

	private static final String FORWARDED_SCHEME = "X-Forwarded-Proto";

	private TokenCookie() {
	}

	/** Return the value of the header that sets the cookie. */
	static String of(IssuedToken token, ServerHttpRequest request) {
		return cookie(token.response().accessToken(), token.sessionRemaining(), request);
	}

	/** Return the value of the header that deletes the cookie. */
	static String expired(ServerHttpRequest request) {
		return cookie("", Duration.ZERO, request);
	}

	private static String cookie(String value, Duration maxAge, ServerHttpRequest request) {
		// The gateway sets this header. A direct caller that forges it only gets a cookie
		// it cannot use.
		boolean secure = "https".equalsIgnoreCase(request.getHeaders().getFirst(FORWARDED_SCHEME));
		return ResponseCookie.from(TokenSecurity.COOKIE, value)
			.path("/")
			.httpOnly(true)
			.sameSite("Strict")
			.secure(secure)
			.maxAge(maxAge)
			.build()
			.toString();
	}

}
