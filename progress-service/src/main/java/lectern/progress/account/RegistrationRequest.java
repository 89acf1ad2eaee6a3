package lectern.progress.account;

import java.util.List;
import java.util.stream.Stream;

import lectern.web.Problem;
import lectern.web.Problem.Violation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The request body of a registration. It is validated by hand: Bean Validation puts a
 * rejected value into its exceptions, so a password could get into logs and traces.
 *
 * @param reader the handle, as it was typed
 * @param name see {@link ReaderName}
 * @param password see {@link PasswordPolicy}
 */
record RegistrationRequest(@Nullable String reader, @Nullable String name, @Nullable String password) {

	/**
	 * Validate this request.
	 * @throws Problem if members are invalid; it points at each of them
	 */
	ValidRegistration validate(PasswordPolicy passwordPolicy) {
		String handle = (this.reader != null) ? HandlePolicy.normalize(this.reader) : null;
		List<Violation> violations = Stream
			.of(new Violation("/reader", null, detail(HandlePolicy.violation(handle))),
					new Violation("/name", null, detail(nameViolation(this.name))),
					new Violation("/password", null, detail(passwordPolicy.violation(this.password))))
			.filter((violation) -> !violation.detail().isEmpty())
			.toList();
		if (handle == null || this.name == null || this.password == null || !violations.isEmpty()) {
			throw Problem.invalid(violations);
		}
		return new ValidRegistration(new Account(handle, this.name, List.of()), this.password);
	}

	private static String detail(@Nullable String violation) {
		return (violation != null) ? violation : "";
	}

	private static @Nullable String nameViolation(@Nullable String name) {
		if (name == null) {
			return "is missing";
		}
		return ReaderName.ReaderNameValidator.isValid(name) ? null : ReaderName.MESSAGE;
	}

	@Override
	public String toString() {
		return "RegistrationRequest[reader=" + this.reader + "]";
	}

	/** A registration that is valid; only its handle may be taken. */
	record ValidRegistration(Account account, String password) {

		/**
		 * Hash the password.
		 * @return cold
		 */
		Mono<StoredAccount> toStoredAccount(PasswordHasher passwordHasher) {
			return passwordHasher.hash(this.password).map((hash) -> new StoredAccount(this.account, hash));
		}

		@Override
		public String toString() {
			return "ValidRegistration[" + this.account + "]";
		}

	}

}
