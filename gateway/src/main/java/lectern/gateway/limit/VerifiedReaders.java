package lectern.gateway.limit;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import lectern.gateway.AccessKeyCredential;
import lectern.gateway.AccessKeyTokens;
import lectern.web.SessionCookie;
import lectern.web.VerifiedTokenCache;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Finds the reader of a request, if the gateway has verified the token before. Whoever
 * forges a token uses up nobody else's quota, and the first request with a new token
 * counts for its address alone.
 */
final class VerifiedReaders {

	private static final String BEARER = "Bearer ";

	private final VerifiedTokenCache verifiedTokens;

	private final AccessKeyTokens keyTokens;

	VerifiedReaders(VerifiedTokenCache verifiedTokens, AccessKeyTokens keyTokens) {
		this.verifiedTokens = verifiedTokens;
		this.keyTokens = keyTokens;
	}

	/** Find the reader; null if there is no token that was verified. */
	@Nullable Client find(HttpServerRequest request) {
		String token = tokenOf(request);
		Jwt verified = (token != null) ? this.verifiedTokens.find(token) : null;
		String reader = (verified != null) ? verified.getSubject() : null;
		return (reader != null) ? Client.reader(reader) : null;
	}

	/** The header takes precedence over the cookie. */
	private @Nullable String tokenOf(HttpServerRequest request) {
		HttpHeaders headers = request.requestHeaders();
		String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
		if (authorization == null) {
			return headers.contains(HttpHeaderNames.COOKIE) ? SessionCookie.tokenIn(request) : null;
		}
		String key = AccessKeyCredential.keyIn(authorization);
		if (key != null) {
			return this.keyTokens.find(key);
		}
		return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
				? authorization.substring(BEARER.length()) : null;
	}

}
