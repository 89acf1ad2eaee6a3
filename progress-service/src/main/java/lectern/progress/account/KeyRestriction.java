package lectern.progress.account;

import java.util.List;
import java.util.Set;

import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.TokenSession;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What needs a sign-in with a password: whoever finds a key must not be able to keep the
 * account, or to lock its reader out.
 */
final class KeyRestriction {

	private static final ProblemType KEY_NOT_ALLOWED = new ProblemType("key-not-allowed", HttpStatus.FORBIDDEN,
			"A key is not allowed to do this");

	private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	/** The first segments of paths below a reader that keys may only read. */
	private static final Set<String> ACCOUNT_PARTS = Set.of("keys", "roles", "sessions", "tokens");

	private KeyRestriction() {
	}

	/**
	 * Reject a request with a key that erases the reader, or changes keys, roles or
	 * sessions.
	 * @param path the decoded segments of the path below that of the reader
	 * @throws Problem 403 if it needs a sign-in
	 */
	static void check(Jwt token, HttpMethod method, List<String> path) {
		boolean erasure = path.isEmpty() && method == HttpMethod.DELETE;
		boolean ofAccount = !path.isEmpty() && ACCOUNT_PARTS.contains(path.getFirst()) && !READS.contains(method);
		if (erasure || ofAccount) {
			requireSignIn(token);
		}
	}

	/**
	 * Require a token that was not given in exchange for a key.
	 * @throws Problem 403 otherwise
	 */
	static void requireSignIn(Jwt token) {
		if (TokenSession.isOfKey(token)) {
			throw Problem.of(KEY_NOT_ALLOWED,
					"Keys cannot change keys, roles, sessions and the password, or erase the reader. "
							+ "Sign in with the password.");
		}
	}

}
