package lectern.progress.account;

import java.time.Duration;

import lectern.web.Problem;
import lectern.web.ProblemType;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The problem of a client that has reached a limit of sign-ins or registrations. */
final class TooManyAttempts {

	static final ProblemType TYPE = new ProblemType("too-many-attempts", HttpStatus.TOO_MANY_REQUESTS,
			"Too many attempts were made");

	private TooManyAttempts() {
	}

	/**
	 * Create the problem.
	 * @param happened a sentence
	 * @param wait the time until the next attempt makes sense, rounded up to seconds
	 */
	static Problem problem(String happened, Duration wait) {
		long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
		return Problem.of(TYPE, happened + " Try again in " + seconds + " s.")
			.withHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
	}

}
