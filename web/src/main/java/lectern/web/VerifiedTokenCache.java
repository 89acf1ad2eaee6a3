package lectern.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Keeps verified tokens until they expire, because the check of a signature takes longer
 * than the rest of a small request. A token of a session that has ended, or with former
 * roles, is not found any more.
 */
public final class VerifiedTokenCache {

	/** An entry takes about 2 KB. */
	private static final int MAX_ENTRIES = 10_000;

	private final Clock clock;

	/** Replaced to forget all, because to clear a cache may wait for a lock. */
	private volatile Cache<String, Jwt> tokens;

	private final RevokedSessions revokedSessions;

	VerifiedTokenCache(Clock clock, RevokedSessions revokedSessions) {
		this.clock = clock;
		this.revokedSessions = revokedSessions;
		this.tokens = emptyCache();
	}

	private Cache<String, Jwt> emptyCache() {
		return Caffeine.newBuilder()
			.maximumSize(MAX_ENTRIES)
			.expireAfter(Expiry.creating((String _, Jwt token) -> remainingTime(token)))
			.build();
	}

	/**
	 * Return a token that was verified before, has not expired, and whose session has not
	 * ended.
	 * @param encoded the token as it was sent
	 * @return null if the token must be verified
	 */
	public @Nullable Jwt find(String encoded) {
		Jwt token = this.tokens.getIfPresent(encoded);
		return (token != null && remainingTime(token).isPositive() && !this.revokedSessions.revokes(token)) ? token
				: null;
	}

	/**
	 * Forget all tokens, so that each is verified again: an account may not exist any
	 * more.
	 */
	public void clear() {
		this.tokens = emptyCache();
	}

	/** Return a decoder that uses this cache and adds the tokens that it verifies. */
	ReactiveJwtDecoder decoder(ReactiveJwtDecoder delegate) {
		return (encoded) -> {
			Jwt cached = find(encoded);
			return (cached != null) ? Mono.just(cached) : verify(encoded, delegate);
		};
	}

	private Mono<Jwt> verify(String encoded, ReactiveJwtDecoder delegate) {
		return delegate.decode(encoded)
			.flatMap(this.revokedSessions::requireLive)
			.doOnNext((token) -> this.tokens.put(encoded, token));
	}

	/** A token without an expiry is verified each time. */
	private Duration remainingTime(Jwt token) {
		Instant expiry = token.getExpiresAt();
		return (expiry != null) ? Duration.between(this.clock.instant(), expiry) : Duration.ZERO;
	}

}
