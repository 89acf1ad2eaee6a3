package lectern.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Who may keep an answer. */
public final class CacheControlPolicy {

	/** Shared caches, for a few seconds: what anybody may read. */
	public static final String PUBLIC = "public, max-age=0, s-maxage=5";

	/** Nobody. */
	public static final String PRIVATE = "private, no-store";

	private CacheControlPolicy() {
	}

	/** For a read of what is public; what is answered to a token is nobody else's. */
	public static String forPublicRead(ServerHttpRequest request) {
		boolean read = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
		boolean anybody = !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
				&& !request.getCookies().containsKey(TokenSecurity.COOKIE);
		return (read && anybody) ? PUBLIC : PRIVATE;
	}

}
