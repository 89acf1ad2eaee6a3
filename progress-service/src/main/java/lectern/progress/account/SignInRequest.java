package lectern.progress.account;

import java.util.List;
import java.util.stream.Stream;

import lectern.progress.account.TokenIssuer.IssuedToken;
import lectern.web.Problem;
import lectern.web.Problem.Violation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The request body of a sign-in. The rules for handles and passwords are not checked
 * here, so that the response does not reveal them.
 */
record SignInRequest(@Nullable String reader, @Nullable String password) {

	/** Whether there are no credentials at all, as in a request to renew a token. */
	boolean isEmpty() {
		return this.reader == null && this.password == null;
	}

	/**
	 * Sign in with these credentials.
	 * @param userAgent null if the request has none
	 * @return cold; fails with a {@link Problem} if a member is missing
	 */
	Mono<IssuedToken> signIn(TokenIssuer tokenIssuer, @Nullable String userAgent) {
		return (this.reader != null && this.password != null)
				? tokenIssuer.signIn(this.reader, this.password, userAgent) : Mono.error(this::missingMembers);
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
