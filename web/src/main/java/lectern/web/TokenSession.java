package lectern.web;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The session that a token belongs to. A stream outlives the token with which it was
 * opened, but not the session.
 *
 * @param id the session's id; null if the token belongs to none and is valid on its own
 * @param end when the session ends at the latest, or the token if it belongs to none;
 * null if it does not end
 */
public record TokenSession(@Nullable String id, @Nullable Instant end) {

	/** The claim with the session's id. */
	public static final String ID_CLAIM = "sid";

	/** The claim with the session's end, in seconds since 1970. */
	public static final String END_CLAIM = "session_exp";

	/** Return the session of a token. */
	public static TokenSession of(Jwt token) {
		String id = idOf(token);
		Object end = token.getClaims().get(END_CLAIM);
		return new TokenSession(id, (id != null && end instanceof Number seconds)
				? Instant.ofEpochSecond(seconds.longValue()) : token.getExpiresAt());
	}

	/**
	 * Return the id of a token's session without the conversions of
	 * {@link Jwt#getClaimAsString}, since this is asked for every request.
	 */
	static @Nullable String idOf(Jwt token) {
		return (token.getClaims().get(ID_CLAIM) instanceof String id) ? id : null;
	}

}
