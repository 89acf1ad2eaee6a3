package lectern.web.setting;

import org.jspecify.annotations.Nullable;

/**
 * A service cannot start with its settings or its surroundings. The message is one
 * sentence for the operator, which is shown without a stack trace.
 */
@SuppressWarnings("serial")
public final class StartRefusedException extends IllegalStateException {

	private final boolean temporary;

	/**
	 * The start fails until somebody changes something.
	 * @param sentence what is wrong and what to do about it, without secrets
	 */
	public StartRefusedException(String sentence) {
		this(sentence, null, false);
	}

	/**
	 * @param sentence what is wrong and what to do about it, without secrets
	 * @param cause the failure that it describes, if there is one
	 * @param temporary whether a later start may succeed without any change
	 */
	public StartRefusedException(String sentence, @Nullable Throwable cause, boolean temporary) {
		super(sentence, cause);
		this.temporary = temporary;
	}

	boolean isTemporary() {
		return this.temporary;
	}

}
