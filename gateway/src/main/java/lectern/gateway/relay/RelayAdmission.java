package lectern.gateway.relay;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import lectern.web.VerifiedTokenCache;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Decides whose requests may take the short way: those without a token, which the
 * services judge (ADR 22), and those with a token that the ordinary way has verified.
 */
final class RelayAdmission {

	private static final String BEARER = "Bearer ";

	private final VerifiedTokenCache verifiedTokens;

	RelayAdmission(VerifiedTokenCache verifiedTokens) {
		this.verifiedTokens = verifiedTokens;
	}

	/** Return whether the access rules permit a request, as far as is known here. */
	boolean permits(HttpHeaders headers) {
		String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
		return authorization == null || isVerified(authorization);
	}

	/**
	 * Every account may send every request that has a route; the services decide more.
	 */
	private boolean isVerified(String authorization) {
		@Nullable Jwt token = authorization.startsWith(BEARER)
				? this.verifiedTokens.find(authorization.substring(BEARER.length())) : null;
		return token != null && token.getSubject() != null;
	}

}
