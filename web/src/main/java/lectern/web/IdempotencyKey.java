package lectern.web;

import org.springframework.http.HttpStatus;

/**
 * The key under which a command may be repeated without being done again.
 *
 * @param value as it was sent
 * @param commandHash of the command that came with it
 */
public record IdempotencyKey(String value, String commandHash) {

	/** The header that carries it. */
	public static final String HEADER = "Idempotency-Key";

	/** The header that tells a repeated answer. */
	public static final String REPLAYED = "Idempotency-Replayed";

	private static final ProblemType KEY_REUSED = new ProblemType("idempotency-key-reused",
			HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key was used for another command");

	/**
	 * Let a repeat pass if it is of the command that came first.
	 * @throws Problem 422 if another one did
	 */
	public void requireSameCommand(String firstHash) {
		if (!firstHash.equals(this.commandHash)) {
			throw Problem.of(KEY_REUSED,
					"This " + HEADER + " was already used for another command. Use a new key for each command.");
		}
	}

}
