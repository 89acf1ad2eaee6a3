package lectern.progress.account;

import java.util.List;
import java.util.stream.Stream;

import lectern.web.Problem.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a patch of the profile that replace the password. They are taken out of
 * it and validated by hand: Bean Validation puts a rejected value into its exceptions, so
 * a password could get into logs.
 *
 * @param password the new password; null if it is missing
 * @param currentPassword null if it is missing
 */
record PasswordChange(@Nullable JsonNode password, @Nullable JsonNode currentPassword) {

	private static final String PASSWORD = "password";

	private static final String CURRENT = "currentPassword";

	/** Take the passwords out of a patch, which has none afterwards. */
	static PasswordChange takeFrom(ObjectNode patch) {
		return new PasswordChange(patch.remove(PASSWORD), patch.remove(CURRENT));
	}

	/** Whether the password shall stay as it is. */
	boolean isEmpty() {
		return this.password == null && this.currentPassword == null;
	}

	/** Return what is wrong, as far as it can be told without the stored password. */
	List<Violation> violations(String reader, PasswordPolicy policy) {
		if (isEmpty()) {
			return List.of();
		}
		String password = typeViolation(this.password);
		String current = typeViolation(this.currentPassword);
		return Stream
			.of(new Violation("/" + PASSWORD, null,
					password.isEmpty() ? policy.detail(reader, newPassword()) : password),
					new Violation("/" + CURRENT, null, current))
			.filter((violation) -> !violation.detail().isEmpty())
			.toList();
	}

	private static String typeViolation(@Nullable JsonNode node) {
		if (node == null || node.isNull()) {
			return "is missing";
		}
		return node.isString() ? "" : "must be text";
	}

	/** Return the new password of a valid change. */
	String newPassword() {
		return text(this.password);
	}

	/** Return what the reader says is the current password, in a valid change. */
	String current() {
		return text(this.currentPassword);
	}

	private static String text(@Nullable JsonNode node) {
		return (node != null) ? node.stringValue() : "";
	}

	@Override
	public String toString() {
		return "PasswordChange[]";
	}

}
