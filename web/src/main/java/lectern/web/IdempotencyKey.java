package lectern.web;

import java.util.regex.Pattern;

import org.springframework.http.HttpStatus;

/**
 * The idempotency key of a command: a repeat with the same key is answered without
 * executing the command again.
 *
 * @param value the key as it was sent
 * @param commandHash the hash of the command that was sent with it
 */
public record IdempotencyKey(String value, String commandHash) {

	/** The request header with the key. */
	public static final String HEADER = "Idempotency-Key";

	/** The response header that marks a replayed response. */
	public static final String REPLAYED = "Idempotency-Replayed";

	private static final Pattern VALID = Pattern.compile("[!-~]{1,200}");

	private static final ProblemType KEY_REUSED = new ProblemType("idempotency-key-reused",
			HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key was used for another command");

	/** Whether a text can be a key: 1 to 200 visible ASCII characters. */
	public static boolean isValid(String key) {
		return VALID.matcher(key).matches();
	}

	/**
	 * Check that a repeat has the same command as the first request with this key.
	 * @param firstHash the hash of the command of the first request
	 * @throws Problem 422 if the commands differ
	 */
	public void requireSameCommand(String firstHash) {
		if (!firstHash.equals(this.commandHash)) {
			throw Problem.of(KEY_REUSED,
					"This " + HEADER + " was already used for another command. Use a new key for each command.");
		}
	}

}
