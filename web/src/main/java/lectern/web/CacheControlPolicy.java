package lectern.web;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The values of the {@code Cache-Control} header of responses. */
public final class CacheControlPolicy {

	/** For public resources: shared caches may keep the response for 5 seconds. */
	public static final String PUBLIC = "public, max-age=0, s-maxage=5";

	/** For private resources: no cache may keep the response. */
	public static final String PRIVATE = "private, no-store";

	private CacheControlPolicy() {
	}

	/**
	 * Return the value for a read of a public resource. A request with credentials gets
	 * {@link #PRIVATE}, so that a shared cache never gives its response to anybody else.
	 */
	public static String forPublicRead(ServerHttpRequest request) {
		boolean read = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
		return (read && !TokenSecurity.hasToken(request)) ? PUBLIC : PRIVATE;
	}

}
