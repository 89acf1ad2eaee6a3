package lectern.gateway.relay;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import lectern.web.VerifiedTokenCache;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Decides whose requests may take the short way: those that the access rules permit to
 * everybody, and those with a token that the ordinary way has verified.
 */
final class RelayAccess {

	private static final String BEARER = "Bearer ";

	private final List<RoutePattern> publicReads;

	private final VerifiedTokenCache verifiedTokens;

	/**
	 * @param publicReads the paths that may be read without a token
	 */
	RelayAccess(List<String> publicReads, VerifiedTokenCache verifiedTokens) {
		this.publicReads = publicReads.stream().map(RoutePattern::parse).toList();
		this.verifiedTokens = verifiedTokens;
	}

	/** Return whether the access rules permit a request, as far as is known here. */
	boolean permits(HttpServerRequest request, String path) {
		HttpHeaders headers = request.requestHeaders();
		String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
		return (authorization != null) ? isVerified(authorization) : isPublicRead(request.method(), path);
	}

	/**
	 * Every account may send every request that has a route; the services decide more.
	 */
	private boolean isVerified(String authorization) {
		@Nullable Jwt token = authorization.startsWith(BEARER)
				? this.verifiedTokens.find(authorization.substring(BEARER.length())) : null;
		return token != null && token.getSubject() != null;
	}

	private boolean isPublicRead(HttpMethod method, String path) {
		if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
			return false;
		}
		for (RoutePattern pattern : this.publicReads) {
			if (pattern.matches(path)) {
				return true;
			}
		}
		return false;
	}

}
