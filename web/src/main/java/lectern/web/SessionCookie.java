package lectern.web;

import java.util.Set;

import io.netty.handler.codec.http.cookie.Cookie;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.HttpCookie;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The cookie with the token of a browser. Scripts cannot read it, and other sites cannot
 * make a browser send it.
 */
public final class SessionCookie {

	private static final String NAME = "lectern-token";

	/**
	 * A browser accepts a cookie whose name has this prefix over TLS only, and only from
	 * the host itself. So neither another host of the same domain nor somebody in the
	 * network can replace it.
	 */
	private static final String SECURE_NAME = "__Host-" + NAME;

	private SessionCookie() {
	}

	/** Return the token in the cookie of a request; null if there is none. */
	public static @Nullable String tokenIn(ServerHttpRequest request) {
		HttpCookie cookie = request.getCookies().getFirst(name(request));
		return (cookie != null) ? cookie.getValue() : null;
	}

	/**
	 * Tell whether a request may use its cookie. A page of another origin can make the
	 * browser send it if only the port differs, since that is the same site: it may read
	 * with it, where the browser does not show it the response, but change nothing.
	 */
	public static boolean isUsable(ServerHttpRequest request) {
		HttpMethod method = request.getMethod();
		boolean safe = method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
		return safe || RequestOrigin.of(request) == RequestOrigin.OWN;
	}

	/**
	 * Begin a cookie for the response to a request.
	 * @param token the token; empty in a cookie that deletes the present one
	 */
	public static ResponseCookie.ResponseCookieBuilder with(String token, ServerHttpRequest request) {
		return ResponseCookie.from(name(request), token)
			.path("/")
			.httpOnly(true)
			.sameSite("Strict")
			.secure(RequestOrigin.isSecure(request));
	}

	/**
	 * Return the token in the cookie of a request that has not reached Spring yet; null
	 * if there is none.
	 */
	public static @Nullable String tokenIn(HttpServerRequest request) {
		Set<Cookie> cookies = request.cookies().get("https".equals(request.scheme()) ? SECURE_NAME : NAME);
		return (cookies != null && !cookies.isEmpty()) ? cookies.iterator().next().value() : null;
	}

	private static String name(ServerHttpRequest request) {
		return RequestOrigin.isSecure(request) ? SECURE_NAME : NAME;
	}

}
