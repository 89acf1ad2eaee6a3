package lectern.web.setting;

import org.jspecify.annotations.Nullable;

/**
 * A setting has a value that it cannot have. The constructor of the record that the
 * setting is bound to throws it, and {@link SettingFailureAnalyzer} makes a sentence of
 * it.
 */
@SuppressWarnings("serial")
public final class InvalidSettingException extends IllegalArgumentException {

	private final String member;

	private final @Nullable String value;

	private final String requirement;

	/**
	 * @param member the last part of the setting's name, such as {@code max-age}
	 * @param value the value; null if it is missing
	 * @param requirement what is allowed, to be read after "it must be"
	 */
	public InvalidSettingException(String member, @Nullable Object value, String requirement) {
		super(member + " must be " + requirement);
		this.member = member;
		this.value = (value != null) ? value.toString() : null;
		this.requirement = requirement;
	}

	String member() {
		return this.member;
	}

	@Nullable String value() {
		return this.value;
	}

	String requirement() {
		return this.requirement;
	}

}
