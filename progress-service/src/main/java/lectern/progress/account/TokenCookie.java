package lectern.progress.account;

import java.time.Duration;

import lectern.progress.account.TokenIssuer.IssuedToken;
import lectern.web.RequestOrigin;
import lectern.web.SessionCookie;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Sets and deletes the cookie with a browser's token. It lasts as long as the session:
 * the gateway renews the token in it.
 */
public final class TokenCookie {

	private TokenCookie() {
	}

	/**
	 * Return the values of the header that sets the cookie: none for the page of another
	 * origin, which keeps the token itself.
	 */
	static String[] of(IssuedToken token, ServerHttpRequest request) {
		return (RequestOrigin.of(request) == RequestOrigin.OTHER) ? new String[0]
				: new String[] { cookie(token.response().accessToken(), token.sessionRemaining(), request) };
	}

	/** Return the value of the header that deletes the cookie. */
	public static String expired(ServerHttpRequest request) {
		return cookie("", Duration.ZERO, request);
	}

	private static String cookie(String value, Duration maxAge, ServerHttpRequest request) {
		return SessionCookie.with(value, request).maxAge(maxAge).build().toString();
	}

}
