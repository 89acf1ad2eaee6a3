package lectern.launcher;

/**
 * Lectern cannot start. The message is one sentence for the user: the reason and what to
 * do about it.
 */
@SuppressWarnings("serial")
final class StartupException extends RuntimeException {

	/**
	 * The exit code after a fault that stays until somebody changes something, so that a
	 * supervisor need not try again: {@code EX_CONFIG} of {@code sysexits.h}. Services
	 * end with the same one.
	 */
	static final int PERMANENT_EXIT_CODE = 78;

	private final String userMessage;

	private final boolean temporary;

	StartupException(String userMessage) {
		this(userMessage, false);
	}

	private StartupException(String userMessage, boolean temporary) {
		super(userMessage);
		this.userMessage = userMessage;
		this.temporary = temporary;
	}

	/** A fault that may pass by itself, such as a full disk. */
	static StartupException temporary(String userMessage) {
		return new StartupException(userMessage, true);
	}

	String userMessage() {
		return this.userMessage;
	}

	/** Return the exit code of a program whose start it ends. */
	int exitCode() {
		return this.temporary ? 1 : PERMANENT_EXIT_CODE;
	}

}
