package lectern.progress.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Hashes and checks passwords with bcrypt, which is slow on purpose: on threads of its
 * own, no more than there are cores, with a bounded queue before each.
 *
 * <p>
 * bcrypt takes 72 bytes and a password may have 200 characters, so what it gets is a
 * digest of the password. The digest is in Base64, since bcrypt stops at a zero byte, and
 * begins with a name of ours, so that digests stolen elsewhere cannot be tried here.
 */
class PasswordHasher implements DisposableBean {

	private static final int MIN_LENGTH = 8;

	private static final int MAX_LENGTH = 200;

	private static final String RETRY_AFTER_SECONDS = "2";

	private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();

	/** What the password of nobody is checked against: it takes as long as any other. */
	private final String dummyHash = this.bcrypt.encode(digest("nobody"));

	private final Scheduler scheduler;

	/**
	 * @param threads how many passwords are worked on at once
	 * @param queued how many more may wait for each thread
	 */
	PasswordHasher(int threads, int queued) {
		this.scheduler = Schedulers.newBoundedElastic(threads, queued, "passwords");
	}

	/** What is wrong with a password that somebody wants; null if nothing is. */
	static @Nullable String violation(@Nullable String wanted) {
		if (wanted == null) {
			return "is missing";
		}
		int length = wanted.codePointCount(0, wanted.length());
		// Halves of characters would all be hashed as the same question mark.
		boolean fits = length >= MIN_LENGTH && length <= MAX_LENGTH
				&& wanted.codePoints().noneMatch((c) -> Character.getType(c) == Character.SURROGATE);
		return fits ? null : "must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters";
	}

	/**
	 * Hash a password, with a salt of its own.
	 * @return cold; emits on a thread for passwords; fails with a {@link Problem} when
	 * too many are waiting
	 */
	Mono<String> hash(String password) {
		return schedule(() -> this.bcrypt.encode(digest(password)));
	}

	/**
	 * Tell whether a password is the one hashed.
	 * @param hash null if there is no account: false then, after the same time
	 * @return cold; emits on a thread for passwords; fails with a {@link Problem} when
	 * too many are waiting
	 */
	Mono<Boolean> matches(String password, @Nullable String hash) {
		return schedule(
				() -> this.bcrypt.matches(digest(password), (hash != null) ? hash : this.dummyHash) && hash != null);
	}

	private <T> Mono<T> schedule(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(this.scheduler)
			.onErrorMap(RejectedExecutionException.class,
					(_) -> Problem.of(ProblemType.UNAVAILABLE, "Too many are signing in at once.")
						.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS));
	}

	/** The same for every way a keyboard composes the same characters. */
	private static String digest(String password) {
		try {
			MessageDigest sha = MessageDigest.getInstance("SHA-256");
			String typed = "lectern:" + Normalizer.normalize(password, Normalizer.Form.NFKC);
			return Base64.getEncoder().encodeToString(sha.digest(typed.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	@Override
	public void destroy() {
		this.scheduler.dispose();
	}

}
