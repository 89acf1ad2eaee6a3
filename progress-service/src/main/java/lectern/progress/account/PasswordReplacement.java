package lectern.progress.account;

import java.util.Objects;
import java.util.function.Function;

import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Replaces the password of a reader who knows the current one. It is limited like a
 * sign-in, because somebody else may hold the reader's token.
 */
@Component
class PasswordReplacement {

	private static final ProblemType CURRENT_PASSWORD_REFUSED = new ProblemType("current-password-refused",
			HttpStatus.FORBIDDEN, "The current password is wrong");

	private final AccountRepository accounts;

	private final PasswordHasher passwordHasher;

	private final SignInGuard guard;

	PasswordReplacement(AccountRepository accounts, PasswordHasher passwordHasher, SignInGuard guard) {
		this.accounts = accounts;
		this.passwordHasher = passwordHasher;
		this.guard = guard;
	}

	/**
	 * Replace the password.
	 * @param change valid
	 * @param store stores the new hash; empty if the account was changed meanwhile
	 * @return cold; fails with a {@link Problem} if the current password is another one,
	 * the account was changed meanwhile, or a limit is reached
	 */
	<T> Mono<T> replace(String reader, PasswordChange change, ServerHttpRequest request,
			Function<PasswordHashes, Mono<T>> store) {
		return this.guard
			.guard(SecurityEvent.PASSWORD_CHANGED, reader, request, verify(reader, change.current())
				.flatMap((present) -> this.passwordHasher.hash(change.newPassword())
					.map((next) -> new PasswordHashes(present, next)))
				.flatMap((hashes) -> store.apply(hashes).switchIfEmpty(Mono.error(PasswordReplacement::conflict))))
			.onErrorMap(PasswordReplacement::isRefusal, (_) -> refusal());
	}

	/** Emits the stored hash. */
	private Mono<String> verify(String reader, String password) {
		return this.accounts.find(reader)
			.map(StoredAccount::passwordHash)
			.filterWhen((hash) -> this.passwordHasher.matches(password, hash))
			.switchIfEmpty(Mono.error(() -> Problem.of(TokenIssuer.SIGN_IN_REFUSED, "The password is wrong.")));
	}

	private static boolean isRefusal(Throwable failure) {
		return failure instanceof Problem problem && Objects.equals(problem.type(), TokenIssuer.SIGN_IN_REFUSED);
	}

	/** The token of the request is valid, so this is no 401. */
	private static Problem refusal() {
		return Problem.of(CURRENT_PASSWORD_REFUSED, "The member currentPassword is not the password of this reader.")
			.at("/currentPassword", "is not the password of this reader");
	}

	private static Problem conflict() {
		return Problem.of(ProblemType.PRECONDITION_FAILED,
				"The account was changed at the same time. Read it and try again.");
	}

}
