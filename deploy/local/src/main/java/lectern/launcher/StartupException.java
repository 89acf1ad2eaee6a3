package lectern.launcher;

/**
 * Lectern cannot start. The message is one sentence for the user: the reason and what to
 * do about it.
 */
@SuppressWarnings("serial")
final class StartupException extends RuntimeException {

	private final String userMessage;

	StartupException(String userMessage) {
		super(userMessage);
		this.userMessage = userMessage;
	}

	String userMessage() {
		return this.userMessage;
	}

}
