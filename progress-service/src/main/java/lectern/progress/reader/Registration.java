package lectern.progress.reader;

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
record Registration(@Nullable String reader, @Nullable String name, @Nullable String password) {

	private static final int LONGEST_NAME = 100;

	/**
	 * Hash the password of the account wanted, and give both.
	 * @return cold; fails with a {@link Problem} that points at every member that breaks
	 * a rule
	 */
	Mono<StoredAccount> hashed(Passwords passwords) {
		List<Violation> violations = Stream
			.of(new Violation("/reader", null, said(Handle.objection(this.reader))),
					new Violation("/name", null, said(objection(this.name))),
					new Violation("/password", null, said(Passwords.objection(this.password))))
			.filter((violation) -> !violation.detail().isEmpty())
			.toList();
		if (this.reader == null || this.name == null || this.password == null || !violations.isEmpty()) {
			return Mono.error(Problem.invalid(violations));
		}
		Account account = new Account(this.reader, this.name, List.of());
		return passwords.hash(this.password).map((hash) -> new StoredAccount(account, hash));
	}

	private static String said(@Nullable String objection) {
		return (objection != null) ? objection : "";
	}

	private static @Nullable String objection(@Nullable String name) {
		if (name == null) {
			return "is missing";
		}
		boolean fits = !name.isBlank() && name.codePointCount(0, name.length()) <= LONGEST_NAME
				&& name.codePoints().allMatch(Registration::isPlain);
		return fits ? null : "must be text of 1 to " + LONGEST_NAME + " characters on one line";
	}

	/** Neither a control character, nor half a character, nor a break of the line. */
	private static boolean isPlain(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

	@Override
	public String toString() {
		return "Registration[reader=" + this.reader + "]";
	}

}
