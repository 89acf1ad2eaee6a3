package lectern.progress.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret of a key. People type it into e-readers, so it is short and has no
 * characters that are easily confused.
 *
 * @param text any text that somebody uses as a key
 */
record AccessKeySecret(String text) {

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

	/** With five bits for each character these are 80 random bits. */
	private static final int LENGTH = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	/** Generate a secret. This may block for randomness. */
	static AccessKeySecret generate() {
		StringBuilder secret = new StringBuilder(LENGTH);
		RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach((index) -> secret.append(ALPHABET.charAt(index)));
		return new AccessKeySecret(secret.toString());
	}

	/** Return the SHA-256 by which the key is found. */
	byte[] digest() {
		return digest("SHA-256", this.text);
	}

	/**
	 * Return the SHA-256 of the MD5 in hexadecimal digits, which e-readers with the
	 * kosync protocol send instead of the secret. It has to be computed now: later nobody
	 * knows the secret.
	 */
	byte[] md5Digest() {
		return digest("SHA-256", HexFormat.of().formatHex(digest("MD5", this.text)));
	}

	private static byte[] digest(String algorithm, String text) {
		try {
			return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has " + algorithm, ex);
		}
	}

	@Override
	public String toString() {
		return "AccessKeySecret[]";
	}

}
