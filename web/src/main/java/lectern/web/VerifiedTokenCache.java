package lectern.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Keeps verified tokens until they expire, because the check of a signature takes longer
 * than the rest of a small request. Whoever learns that tokens are not valid any more
 * must call {@link #evictIf}.
 */
public final class VerifiedTokenCache {

	/** An entry takes about 2 KB. */
	private static final int MAX_ENTRIES = 10_000;

	private final Clock clock;

	private final Cache<String, Jwt> tokens;

	private final AtomicLong evictions = new AtomicLong();

	VerifiedTokenCache(Clock clock) {
		this.clock = clock;
		this.tokens = Caffeine.newBuilder()
			.maximumSize(MAX_ENTRIES)
			.expireAfter(Expiry.creating((String _, Jwt token) -> remainingTime(token)))
			.build();
	}

	/**
	 * Return a token that was verified before and has not expired.
	 * @param encoded the token as it was sent
	 * @return null if the token must be verified
	 */
	public @Nullable Jwt find(String encoded) {
		Jwt token = this.tokens.getIfPresent(encoded);
		return (token != null && remainingTime(token).isPositive()) ? token : null;
	}

	/**
	 * Remove tokens, so that they are verified again when they are next used. A token
	 * whose verification is running is not added to the cache, whatever the condition
	 * says.
	 * @param condition true for the tokens to remove
	 */
	public void evictIf(Predicate<Jwt> condition) {
		this.evictions.incrementAndGet();
		this.tokens.asMap().values().removeIf(condition);
	}

	/** Return a decoder that uses this cache and adds the tokens that it verifies. */
	ReactiveJwtDecoder decoder(ReactiveJwtDecoder delegate) {
		return (encoded) -> {
			Jwt cached = find(encoded);
			return (cached != null) ? Mono.just(cached) : verify(encoded, delegate);
		};
	}

	private Mono<Jwt> verify(String encoded, ReactiveJwtDecoder delegate) {
		return Mono.defer(() -> {
			long evictionsBefore = this.evictions.get();
			return delegate.decode(encoded).doOnNext((token) -> add(encoded, token, evictionsBefore));
		});
	}

	/** Checks after the insertion, since an eviction may run at the same time. */
	private void add(String encoded, Jwt token, long evictionsBefore) {
		this.tokens.put(encoded, token);
		if (this.evictions.get() != evictionsBefore) {
			this.tokens.invalidate(encoded);
		}
	}

	/** A token without an expiry is verified each time. */
	private Duration remainingTime(Jwt token) {
		Instant expiry = token.getExpiresAt();
		return (expiry != null) ? Duration.between(this.clock.instant(), expiry) : Duration.ZERO;
	}

}
