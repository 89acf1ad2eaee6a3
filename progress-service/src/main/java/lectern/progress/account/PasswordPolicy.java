package lectern.progress.account;

import java.text.Normalizer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Rules for new passwords, as NIST SP 800-63B recommends: long enough and not common,
 * without rules for the kinds of characters.
 */
@Component
class PasswordPolicy {

	/** Code points. bcrypt gets a digest, so it truncates nothing. */
	static final int MAX_LENGTH = 200;

	private static final int MIN_LENGTH = 8;

	private static final int MIN_ADMIN_LENGTH = 12;

	private final CommonPasswords common = CommonPasswords.load(MIN_LENGTH);

	/**
	 * Describe why a password cannot be used.
	 * @return null if it can
	 */
	@Nullable String violation(@Nullable String password) {
		return violation(password, MIN_LENGTH);
	}

	/**
	 * Describe why a password cannot be that of the account admin.
	 * @return null if it can
	 */
	@Nullable String adminViolation(@Nullable String password) {
		return violation(password, MIN_ADMIN_LENGTH);
	}

	/**
	 * Describe why a password cannot be that of a reader.
	 * @return empty if it can
	 */
	String detail(String reader, String password) {
		return Objects
			.requireNonNullElse(reader.equals(HandlePolicy.ADMIN) ? adminViolation(password) : violation(password), "");
	}

	private @Nullable String violation(@Nullable String password, int minLength) {
		if (password == null) {
			return "is missing";
		}
		int length = password.codePointCount(0, password.length());
		if (length < minLength || length > MAX_LENGTH || !password.codePoints().allMatch(PasswordPolicy::isAllowed)) {
			return "must have " + minLength + " to " + MAX_LENGTH + " characters and no control characters";
		}
		return this.common.contains(normalize(password)) ? "is one of the most common passwords; choose another one"
				: null;
	}

	/** Give each way to type the same characters the same form. */
	static String normalize(String password) {
		return Normalizer.normalize(password, Normalizer.Form.NFKC);
	}

	/**
	 * Clients differ in what they do with control characters. UTF-8 encodes every
	 * unpaired surrogate as the same question mark.
	 */
	private static boolean isAllowed(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.SURROGATE -> false;
			default -> true;
		};
	}

}
