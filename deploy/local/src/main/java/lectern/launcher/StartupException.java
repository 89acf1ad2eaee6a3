package lectern.launcher;

/**
 * Says why Lectern cannot run, in one sentence for the person at the terminal that names
 * what to do about it.
 */
@SuppressWarnings("serial")
final class StartupException extends RuntimeException {

	private final String userMessage;

	StartupException(String sentence) {
		super(sentence);
		this.userMessage = sentence;
	}

	String userMessage() {
		return this.userMessage;
	}

}
