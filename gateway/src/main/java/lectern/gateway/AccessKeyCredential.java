package lectern.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Tells the keys of programs from tokens by their shape: a key has 16 characters, a token
 * hundreds.
 */
public final class AccessKeyCredential {

	private static final String BEARER = "Bearer ";

	private static final int KEY_LENGTH = 16;

	private AccessKeyCredential() {
	}

	/**
	 * Return the key in the header {@code Authorization} of a request.
	 * @param authorization null if the request has none
	 * @return null if it is no key; whether a key is valid is not known here
	 */
	public static @Nullable String keyIn(@Nullable String authorization) {
		if (authorization == null || authorization.length() != BEARER.length() + KEY_LENGTH
				|| !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return null;
		}
		for (int i = BEARER.length(); i < authorization.length(); i++) {
			char character = authorization.charAt(i);
			if ((character < 'a' || character > 'z') && (character < '2' || character > '7')) {
				return null;
			}
		}
		return authorization.substring(BEARER.length());
	}

}
