package lectern.progress.account;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords that nobody has to think of. */
final class GeneratedPassword {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int BYTES = 18;

	private GeneratedPassword() {
	}

	/** Generate a password of 24 characters. This may block for randomness. */
	static String next() {
		byte[] random = new byte[BYTES];
		RANDOM.nextBytes(random);
		return Base64.getUrlEncoder().encodeToString(random);
	}

}
