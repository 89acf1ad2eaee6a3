package lectern.web.setting;

/**
 * A service cannot start with its settings or its surroundings. The message is one
 * sentence for the operator, which is shown without a stack trace.
 */
@SuppressWarnings("serial")
public final class StartRefusedException extends IllegalStateException {

	/**
	 * @param sentence what is wrong and what to do about it, without secrets
	 */
	public StartRefusedException(String sentence) {
		super(sentence);
	}

}
