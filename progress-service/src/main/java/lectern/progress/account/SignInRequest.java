package lectern.progress.account;

import java.util.List;
import java.util.stream.Stream;

import lectern.web.Problem;
import lectern.web.Problem.Violation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The request body of a sign-in. The rules for handles and passwords are not checked
 * here, so that the response does not reveal them.
 */
record SignInRequest(@Nullable String reader, @Nullable String password) {

	/**
	 * Sign in with these credentials.
	 * @return cold; fails with a {@link Problem} if a member is missing
	 */
	Mono<TokenResponse> signIn(TokenIssuer tokenIssuer) {
		return (this.reader != null && this.password != null) ? tokenIssuer.signIn(this.reader, this.password)
				: Mono.error(this::missingMembers);
	}

	private Problem missingMembers() {
		List<Violation> missing = Stream
			.of((this.reader == null) ? "/reader" : "", (this.password == null) ? "/password" : "")
			.filter((pointer) -> !pointer.isEmpty())
			.map((pointer) -> new Violation(pointer, null, "is missing"))
			.toList();
		return Problem.invalid(missing);
	}

	@Override
	public String toString() {
		return "SignInRequest[reader=" + this.reader + "]";
	}

}
