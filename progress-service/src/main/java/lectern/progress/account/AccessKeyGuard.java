package lectern.progress.account;

import java.time.Duration;
import java.util.HexFormat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lectern.progress.account.limit.ClientAddressResolver;
import lectern.progress.account.limit.KeyedRateLimiter;
import lectern.progress.account.limit.RejectionDelay;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Limits how often one address can try keys. Nobody can guess a key, but each attempt is
 * a query. A key that was right before is not counted, so that an address which is shared
 * with an attacker, or with a program that uses a revoked key, locks out no other
 * program.
 */
class AccessKeyGuard {

	private static final int MAX_KNOWN = 100_000;

	private static final Duration KNOWN_FOR = Duration.ofDays(30);

	/** By digest. */
	private final Cache<String, Boolean> knownKeys = Caffeine.newBuilder()
		.maximumSize(MAX_KNOWN)
		.expireAfterAccess(KNOWN_FOR)
		.build();

	private final KeyedRateLimiter failuresByAddress;

	private final RejectionDelay rejections;

	private final ClientAddressResolver addresses;

	private final SecurityEventLog events;

	AccessKeyGuard(LimitSettings settings, ClientAddressResolver addresses, SecurityEventLog events) {
		this.failuresByAddress = new KeyedRateLimiter(settings.failuresPerAddress());
		this.rejections = new RejectionDelay(settings.rejectionDelay());
		this.addresses = addresses;
		this.events = events;
	}

	/**
	 * Limit an attempt to use a key.
	 * @param exchange empty if the key is wrong; not subscribed to if the limit is
	 * reached
	 * @return cold; empty if the key is wrong; fails with a {@link Problem} (429) after a
	 * delay if the limit is reached
	 */
	<T> Mono<T> guard(AccessKeySecret secret, ServerHttpRequest request, Mono<T> exchange) {
		return Mono.defer(() -> {
			String key = HexFormat.of().formatHex(secret.digest());
			if (this.knownKeys.getIfPresent(key) != null) {
				return exchange.switchIfEmpty(refuse(key, request));
			}
			String address = this.addresses.resolve(request).network();
			Duration wait = this.failuresByAddress.acquire(address);
			if (wait.isPositive()) {
				this.events.write(SecurityEvent.KEY_LIMITED, null, request);
				return this.rejections.reject(this.failuresByAddress.status("key-failures-per-address", address)
					.addTo(TooManyAttempts.problem("Too many wrong keys have been used from this address.", wait)));
			}
			return exchange.doOnNext((_) -> {
				this.failuresByAddress.release(address);
				this.knownKeys.put(key, true);
			}).doOnError((_) -> this.failuresByAddress.release(address)).switchIfEmpty(refuse(key, request));
		});
	}

	private <T> Mono<T> refuse(String key, ServerHttpRequest request) {
		return Mono.fromRunnable(() -> {
			this.knownKeys.invalidate(key);
			this.events.write(SecurityEvent.KEY_REFUSED, null, request);
		});
	}

}
