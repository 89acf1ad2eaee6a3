package lectern.progress.account;

import java.util.List;
import java.util.stream.Stream;

import lectern.web.Problem;
import lectern.web.Problem.Violation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What is sent to make an account, checked by hand: Bean Validation puts a refused value
 * into its exceptions, and from there a password gets into logs and traces.
 *
 * @param reader the handle
 * @param name what the reader is called, 1 to 100 characters
 */
record RegistrationRequest(@Nullable String reader, @Nullable String name, @Nullable String password) {

	private static final int MAX_NAME_LENGTH = 100;

	/**
	 * Hash the password of the account wanted, and give both.
	 * @return cold; fails with a {@link Problem} that points at every member that breaks
	 * a rule
	 */
	Mono<StoredAccount> toStoredAccount(PasswordHasher passwords) {
		List<Violation> violations = Stream
			.of(new Violation("/reader", null, detail(HandlePolicy.violation(this.reader))),
					new Violation("/name", null, detail(nameViolation(this.name))),
					new Violation("/password", null, detail(PasswordHasher.violation(this.password))))
			.filter((violation) -> !violation.detail().isEmpty())
			.toList();
		if (this.reader == null || this.name == null || this.password == null || !violations.isEmpty()) {
			return Mono.error(Problem.invalid(violations));
		}
		Account account = new Account(this.reader, this.name, List.of());
		return passwords.hash(this.password).map((hash) -> new StoredAccount(account, hash));
	}

	private static String detail(@Nullable String objection) {
		return (objection != null) ? objection : "";
	}

	private static @Nullable String nameViolation(@Nullable String name) {
		if (name == null) {
			return "is missing";
		}
		boolean fits = !name.isBlank() && name.codePointCount(0, name.length()) <= MAX_NAME_LENGTH
				&& name.codePoints().allMatch(RegistrationRequest::isPrintable);
		return fits ? null : "must be text of 1 to " + MAX_NAME_LENGTH + " characters on one line";
	}

	/** Neither a control character, nor half a character, nor a break of the line. */
	private static boolean isPrintable(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

	@Override
	public String toString() {
		return "RegistrationRequest[reader=" + this.reader + "]";
	}

}
