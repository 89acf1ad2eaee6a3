package lectern.launcher.demo;

/**
 * The demo cannot do what it was asked for. The message is one sentence for the user: the
 * reason and what to do about it.
 */
@SuppressWarnings("serial")
public class DemoException extends RuntimeException {

	private final String userMessage;

	public DemoException(String userMessage) {
		super(userMessage);
		this.userMessage = userMessage;
	}

	/** Return the sentence for the user. */
	public String userMessage() {
		return this.userMessage;
	}

}
