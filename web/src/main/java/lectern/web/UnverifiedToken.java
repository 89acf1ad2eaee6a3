package lectern.web;

import java.text.ParseException;
import java.util.Date;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a token claims before its signature is verified. Nothing may be permitted
 * because of it.
 */
public final class UnverifiedToken {

	private UnverifiedToken() {
	}

	/**
	 * Return the session of a token, as it claims, with the end of the token.
	 * @return null if it is no signed JWT
	 */
	public static @Nullable TokenSession session(String token) {
		try {
			JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
			Date expiry = claims.getExpirationTime();
			return new TokenSession(claims.getStringClaim(TokenSession.ID_CLAIM),
					(expiry != null) ? expiry.toInstant() : null, claims.getStringClaim(TokenSession.ROLES_ID_CLAIM));
		}
		catch (ParseException _) {
			return null;
		}
	}

}
