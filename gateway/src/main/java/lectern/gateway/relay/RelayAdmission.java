package lectern.gateway.relay;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import lectern.gateway.AccessKeyCredential;
import lectern.gateway.AccessKeyTokens;
import lectern.web.VerifiedTokenCache;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Decides whose requests may take the short way: those without a token, which the
 * services judge (ADR 22), those with a token that the ordinary way has verified, and
 * those with a key for which the ordinary way has such a token.
 */
final class RelayAdmission {

	/** The request is sent with the credentials that it has, or with none. */
	static final String UNCHANGED = "";

	private static final String BEARER = "Bearer ";

	private final VerifiedTokenCache verifiedTokens;

	private final AccessKeyTokens keyTokens;

	RelayAdmission(VerifiedTokenCache verifiedTokens, AccessKeyTokens keyTokens) {
		this.verifiedTokens = verifiedTokens;
		this.keyTokens = keyTokens;
	}

	/**
	 * Apply the access rules to a request, as far as they are known here. Every account
	 * may send every request that has a route; the services decide more.
	 * @return the header {@code Authorization} for the service, {@link #UNCHANGED} for
	 * that of the request; null if the request has to take the ordinary way
	 */
	@Nullable String admit(HttpHeaders headers) {
		String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
		if (authorization == null) {
			return UNCHANGED;
		}
		String key = AccessKeyCredential.keyIn(authorization);
		if (key != null) {
			String token = this.keyTokens.find(key);
			return (token != null && isVerified(token)) ? BEARER + token : null;
		}
		return (authorization.startsWith(BEARER) && isVerified(authorization.substring(BEARER.length()))) ? UNCHANGED
				: null;
	}

	private boolean isVerified(String encoded) {
		@Nullable Jwt token = this.verifiedTokens.find(encoded);
		return token != null && token.getSubject() != null;
	}

}
