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
 * Hashes and verifies passwords with bcrypt. It is slow by design, so it runs on its own
 * threads, each with a bounded queue.
 *
 * <p>
 * bcrypt reads at most 72 bytes and a password may have 200 characters, so bcrypt gets a
 * digest of the password. The digest is encoded in Base64, because bcrypt stops at a zero
 * byte. It includes a prefix of this application, so that digests stolen elsewhere cannot
 * be tried here.
 */
class PasswordHasher implements DisposableBean {

	private static final int MIN_LENGTH = 8;

	private static final int MAX_LENGTH = 200;

	private static final String RETRY_AFTER_SECONDS = "2";

	private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();

	/** Compared with when there is no account, so that the check takes the same time. */
	private final String dummyHash = this.bcrypt.encode(digest("nobody"));

	private final Scheduler scheduler;

	/**
	 * @param threads number of passwords that are processed at once
	 * @param queued number of further tasks that may wait for each thread
	 */
	PasswordHasher(int threads, int queued) {
		this.scheduler = Schedulers.newBoundedElastic(threads, queued, "passwords");
	}

	/**
	 * Describe why a password cannot be used.
	 * @return null if it can
	 */
	static @Nullable String violation(@Nullable String password) {
		if (password == null) {
			return "is missing";
		}
		int length = password.codePointCount(0, password.length());
		// UTF-8 encodes every unpaired surrogate as the same question mark.
		boolean fits = length >= MIN_LENGTH && length <= MAX_LENGTH
				&& password.codePoints().noneMatch((c) -> Character.getType(c) == Character.SURROGATE);
		return fits ? null : "must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters";
	}

	/**
	 * Hash a password with a new salt.
	 * @return cold; emits on a password thread; fails with a {@link Problem} if the queue
	 * is full
	 */
	Mono<String> hash(String password) {
		return schedule(() -> this.bcrypt.encode(digest(password)));
	}

	/**
	 * Tell whether a password matches a hash.
	 * @param hash null if there is no account: the result is then false, after the same
	 * time
	 * @return cold; emits on a password thread; fails with a {@link Problem} if the queue
	 * is full
	 */
	Mono<Boolean> matches(String password, @Nullable String hash) {
		return schedule(
				() -> this.bcrypt.matches(digest(password), (hash != null) ? hash : this.dummyHash) && hash != null);
	}

	private <T> Mono<T> schedule(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(this.scheduler)
			.onErrorMap(RejectedExecutionException.class,
					(_) -> Problem.of(ProblemType.UNAVAILABLE, "Too many sign-ins are in progress.")
						.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS));
	}

	/**
	 * Normalize first, so that each way to type the same characters gives the same
	 * digest.
	 */
	private static String digest(String password) {
		try {
			MessageDigest sha = MessageDigest.getInstance("SHA-256");
			String normalized = "lectern:" + Normalizer.normalize(password, Normalizer.Form.NFKC);
			return Base64.getEncoder().encodeToString(sha.digest(normalized.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is not available", ex);
		}
	}

	@Override
	public void destroy() {
		this.scheduler.dispose();
	}

}
