package lectern.web;

import java.net.URI;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Whose page has sent a request, as far as the browser tells. The headers of the gateway
 * say which scheme and host the browser has asked. A page cannot set them, or only after
 * a preflight that does not allow it.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
public enum RequestOrigin {

	/** A page of this origin, or the user by the address bar or a bookmark. */
	OWN,

	/** A page of another origin, which may have the same host with another port. */
	OTHER,

	/** A program, or a browser that tells no origin with requests of this kind. */
	UNKNOWN;

	private static final String FETCH_SITE = "Sec-Fetch-Site";

	private static final String FORWARDED_SCHEME = "X-Forwarded-Proto";

	private static final String FORWARDED_HOST = "X-Forwarded-Host";

	/** Return the origin of a request. */
	public static RequestOrigin of(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		String site = headers.getFirst(FETCH_SITE);
		if (site != null) {
			return (site.equals("same-origin") || site.equals("none")) ? OWN : OTHER;
		}
		String origin = headers.getOrigin();
		if (origin == null) {
			return UNKNOWN;
		}
		return origin.equalsIgnoreCase(requested(request)) ? OWN : OTHER;
	}

	/** Tell whether the client's connection, to the gateway if there is one, uses TLS. */
	static boolean isSecure(ServerHttpRequest request) {
		return scheme(request).equalsIgnoreCase("https");
	}

	private static String scheme(ServerHttpRequest request) {
		@Nullable String forwarded = request.getHeaders().getFirst(FORWARDED_SCHEME);
		return (forwarded != null) ? forwarded : Objects.requireNonNullElse(request.getURI().getScheme(), "http");
	}

	/** The origin that the request was sent to, without the default port. */
	private static String requested(ServerHttpRequest request) {
		URI uri = request.getURI();
		@Nullable String forwarded = request.getHeaders().getFirst(FORWARDED_HOST);
		String host = Objects.requireNonNullElse((forwarded != null) ? forwarded : uri.getRawAuthority(), "");
		String defaultPort = isSecure(request) ? ":443" : ":80";
		return scheme(request) + "://"
				+ (host.endsWith(defaultPort) ? host.substring(0, host.length() - defaultPort.length()) : host);
	}

}
