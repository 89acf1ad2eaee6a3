package lectern.progress.account;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lectern.progress.account.limit.ClientAddress;
import lectern.progress.account.limit.KeyedRateLimiter;
import lectern.web.Problem;

/**
 * Counts failed attempts to prove a password.
 *
 * <p>
 * An attempt is counted when it begins and is given back if it does not fail, so that
 * concurrent attempts cannot pass a limit together. An attempt whose client leaves counts
 * as failed.
 *
 * <p>
 * Attackers must not lock a reader out. The limit that they reach first is that of the
 * handle and their own address. The limit of the handle over all addresses, which many
 * attackers reach together, does not apply to an address from which the reader has signed
 * in before.
 */
class SignInLimits {

	private static final int MAX_KNOWN = 100_000;

	private static final Duration KNOWN_FOR = Duration.ofDays(30);

	private final KeyedRateLimiter byReaderAndAddress;

	private final KeyedRateLimiter byAddress;

	private final KeyedRateLimiter byReader;

	private final Cache<String, Boolean> knownReadersAndAddresses = Caffeine.newBuilder()
		.maximumSize(MAX_KNOWN)
		.expireAfterAccess(KNOWN_FOR)
		.build();

	SignInLimits(LimitSettings settings) {
		this.byReaderAndAddress = new KeyedRateLimiter(settings.failuresPerReaderAndAddress());
		this.byAddress = new KeyedRateLimiter(settings.failuresPerAddress());
		this.byReader = new KeyedRateLimiter(settings.failuresPerReader());
	}

	/**
	 * Prepare an attempt.
	 * @param handle normalized; a text that cannot be a handle is counted for the address
	 * alone
	 */
	Attempt attempt(String handle, ClientAddress address) {
		return new Attempt(handle, address.network());
	}

	/** An attempt takes one from each allowance that applies, or none at all. */
	final class Attempt {

		private final String handle;

		private final String address;

		private final String handleAndAddress;

		private final boolean countsForHandle;

		private final boolean known;

		private Attempt(String handle, String address) {
			this.handle = handle;
			this.address = address;
			this.handleAndAddress = handle + " " + address;
			this.countsForHandle = HandlePolicy.isValid(handle);
			this.known = SignInLimits.this.knownReadersAndAddresses.getIfPresent(this.handleAndAddress) != null;
		}

		/**
		 * Begin the attempt.
		 * @return zero if it has begun, otherwise how long to wait
		 */
		Duration begin() {
			Duration wait = SignInLimits.this.byAddress.acquire(this.address);
			if (wait.isZero() && this.countsForHandle) {
				wait = beginForHandle();
				if (wait.isPositive()) {
					SignInLimits.this.byAddress.release(this.address);
				}
			}
			return wait;
		}

		private Duration beginForHandle() {
			Duration wait = SignInLimits.this.byReaderAndAddress.acquire(this.handleAndAddress);
			if (wait.isZero() && !this.known) {
				wait = SignInLimits.this.byReader.acquire(this.handle);
				if (wait.isPositive()) {
					SignInLimits.this.byReaderAndAddress.release(this.handleAndAddress);
				}
			}
			return wait;
		}

		/** The attempt proves nothing, for example because the service is busy. */
		void giveBack() {
			SignInLimits.this.byAddress.release(this.address);
			if (this.countsForHandle) {
				SignInLimits.this.byReaderAndAddress.release(this.handleAndAddress);
				if (!this.known) {
					SignInLimits.this.byReader.release(this.handle);
				}
			}
		}

		/**
		 * Return a problem with what the client has left. It does not learn how often
		 * others have tried the same handle.
		 */
		Problem withQuotas(Problem problem) {
			Problem told = SignInLimits.this.byAddress.status("failures-per-address", this.address).addTo(problem);
			return this.countsForHandle ? SignInLimits.this.byReaderAndAddress
				.status("failures-per-reader-and-address", this.handleAndAddress)
				.addTo(told) : told;
		}

		/** The password was right. */
		void succeed() {
			giveBack();
			SignInLimits.this.knownReadersAndAddresses.put(this.handleAndAddress, true);
		}

	}

}
