package lectern.web;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The session that a token belongs to. A stream outlives the token with which it was
 * opened, but not the session. A key of a program is a session without an end.
 *
 * @param id the session's id, or the key's; null if the token belongs to none and is
 * valid on its own
 * @param end when the session ends at the latest, or the token if it belongs to none;
 * null if it does not end
 * @param rolesId identifies the roles that the account had when the token was issued;
 * null if the token does not say so
 */
public record TokenSession(@Nullable String id, @Nullable Instant end, @Nullable String rolesId) {

	/** The claim with the session's id. */
	public static final String ID_CLAIM = "sid";

	/** The claim with the session's end, in seconds since 1970. */
	public static final String END_CLAIM = "session_exp";

	/** The claim that is true if the token was given in exchange for a key. */
	public static final String KEY_CLAIM = "key";

	/**
	 * The claim with an id that an account gets with its roles. When they change, it is
	 * revoked like a session, so that a token with former roles is renewed.
	 */
	public static final String ROLES_ID_CLAIM = "roles_id";

	/** Create a session of an account whose roles do not matter. */
	public TokenSession(@Nullable String id, @Nullable Instant end) {
		this(id, end, null);
	}

	/** Return the session of a token. */
	public static TokenSession of(Jwt token) {
		return new TokenSession(idOf(token), endOf(token), rolesIdOf(token));
	}

	private static @Nullable Instant endOf(Jwt token) {
		Object end = token.getClaims().get(END_CLAIM);
		if (idOf(token) != null && end instanceof Number seconds) {
			return Instant.ofEpochSecond(seconds.longValue());
		}
		return isOfKey(token) ? null : token.getExpiresAt();
	}

	/** Tell whether a token was given in exchange for a key. */
	public static boolean isOfKey(Jwt token) {
		return Boolean.TRUE.equals(token.getClaims().get(KEY_CLAIM));
	}

	/**
	 * Return the id of a token's session without the conversions of
	 * {@link Jwt#getClaimAsString}, since this is asked for every request.
	 */
	static @Nullable String idOf(Jwt token) {
		return (token.getClaims().get(ID_CLAIM) instanceof String id) ? id : null;
	}

	/** Return the id of the roles that a token contains. */
	static @Nullable String rolesIdOf(Jwt token) {
		return (token.getClaims().get(ROLES_ID_CLAIM) instanceof String id) ? id : null;
	}

}
