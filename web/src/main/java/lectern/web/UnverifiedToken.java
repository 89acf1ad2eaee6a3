package lectern.web;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;

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
	 * Return when a token expires, as it claims.
	 * @return null if it does not say so or is no signed JWT
	 */
	public static @Nullable Instant expiry(String token) {
		try {
			Date expiry = SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime();
			return (expiry != null) ? expiry.toInstant() : null;
		}
		catch (ParseException _) {
			return null;
		}
	}

}
