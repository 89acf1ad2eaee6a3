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
 * Remembers tokens whose signature was found good, since to check one takes longer than
 * all else that is done for a small request. A token is never good for longer than it
 * says; a key that is withdrawn is trusted for at most a minute more.
 */
class CachingJwtDecoder implements ReactiveJwtDecoder {

	private static final Duration CACHE_TTL = Duration.ofMinutes(1);

	/** About 2 KB each. */
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
		Jwt known = this.cache.getIfPresent(token);
		return (known != null && isUnexpired(known)) ? Mono.just(known)
				: this.delegate.decode(token).doOnNext((jwt) -> this.cache.put(token, jwt));
	}

	/** One without an end is checked each time. */
	private boolean isUnexpired(Jwt token) {
		Instant end = token.getExpiresAt();
		return end != null && this.clock.instant().isBefore(end);
	}

}
