package lectern.progress.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import lectern.progress.account.limit.RoundRobinExecutor;
import lectern.progress.account.limit.RoundRobinExecutor.AddressQueueFullException;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Hashes and verifies passwords with bcrypt. It is slow by design, so it runs on its own
 * threads, in turns between the addresses of clients, and not at all for a client that
 * leaves while it waits.
 *
 * <p>
 * bcrypt reads at most 72 bytes and a password may have 200 characters, so bcrypt gets a
 * digest of the password. The digest is encoded in Base64, because bcrypt stops at a zero
 * byte. It includes a prefix of this application, so that digests stolen elsewhere cannot
 * be tried here.
 */
class PasswordHasher implements MeterBinder, DisposableBean {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();

	/** Compared with when there is no account, so that the check takes the same time. */
	private final String dummyHash = this.bcrypt.encode(digest("nobody"));

	private final RoundRobinExecutor executor;

	private final int maxQueued;

	/**
	 * @param threads number of passwords that are processed at once
	 * @param maxQueuedPerAddress number of further passwords of one address that may wait
	 * @param maxQueued number of further passwords of all addresses that may wait
	 */
	PasswordHasher(int threads, int maxQueuedPerAddress, int maxQueued) {
		this.executor = new RoundRobinExecutor("passwords", threads, maxQueuedPerAddress, maxQueued);
		this.maxQueued = maxQueued;
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
		// No account has a longer password, and the normalization of a very long one
		// takes
		// seconds.
		boolean possible = hash != null && password.length() <= 2 * PasswordPolicy.MAX_LENGTH;
		String compared = possible ? password : "";
		return schedule(
				() -> this.bcrypt.matches(digest(compared), (hash != null) ? hash : this.dummyHash) && possible);
	}

	private <T> Mono<T> schedule(Callable<T> work) {
		return this.executor.execute(work)
			.onErrorMap(AddressQueueFullException.class,
					(_) -> TooManyAttempts.problem("Too many sign-ins from this address are in progress.", RETRY_AFTER))
			.onErrorMap(RejectedExecutionException.class,
					(_) -> Problem.of(ProblemType.UNAVAILABLE, "Too many sign-ins are in progress.")
						.withHeader(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds())));
	}

	private static String digest(String password) {
		try {
			MessageDigest sha = MessageDigest.getInstance("SHA-256");
			String normalized = "lectern:" + PasswordPolicy.normalize(password);
			return Base64.getEncoder().encodeToString(sha.digest(normalized.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is not available", ex);
		}
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		PasswordMeter.QUEUE.gauge(registry, this.executor::queued);
		PasswordMeter.QUEUE_LIMIT.gauge(registry, () -> this.maxQueued);
	}

	@Override
	public void destroy() {
		this.executor.destroy();
	}

}
