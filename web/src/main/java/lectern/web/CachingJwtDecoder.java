package lectern.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Caches decoded tokens, because the check of a signature takes longer than the rest of a
 * small request. A token is never accepted after its expiry; a token whose key was
 * withdrawn is accepted for at most one more minute.
 */
class CachingJwtDecoder implements ReactiveJwtDecoder {

	private static final Duration CACHE_TTL = Duration.ofMinutes(1);

	/** An entry takes about 2 KB. */
	private static final int MAX_ENTRIES = 1_000;

	private final ReactiveJwtDecoder delegate;

	private final Clock clock;

	private final Cache<String, Jwt> cache = Caffeine.newBuilder()
		.maximumSize(MAX_ENTRIES)
		.expireAfterWrite(CACHE_TTL)
		.build();

	CachingJwtDecoder(ReactiveJwtDecoder decoder, Clock clock) {
		this.delegate = decoder;
		this.clock = clock;
	}

	@Override
	public Mono<Jwt> decode(String token) {
		Jwt cached = this.cache.getIfPresent(token);
		return (cached != null && isUnexpired(cached)) ? Mono.just(cached)
				: this.delegate.decode(token).doOnNext((jwt) -> this.cache.put(token, jwt));
	}

	/** A token without an expiry is decoded each time. */
	private boolean isUnexpired(Jwt token) {
		Instant expiry = token.getExpiresAt();
		return expiry != null && this.clock.instant().isBefore(expiry);
	}

}
