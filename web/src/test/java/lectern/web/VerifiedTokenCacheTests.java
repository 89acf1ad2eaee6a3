package lectern.web;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class VerifiedTokenCacheTests {

	private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

	private final AtomicInteger decodings = new AtomicInteger();

	@Test
	void validTokenIsDecodedOnce() {
		ReactiveJwtDecoder decoder = cachingDecoder(NOW);

		assertThat(decoder.decode("valid").block(HANG_LIMIT)).isSameAs(decoder.decode("valid").block(HANG_LIMIT));

		assertThat(this.decodings).hasValue(1);
	}

	@Test
	void differentTokenIsDecodedAgain() {
		ReactiveJwtDecoder decoder = cachingDecoder(NOW);

		decoder.decode("valid").block(HANG_LIMIT);
		decoder.decode("valid too").block(HANG_LIMIT);

		assertThat(this.decodings).hasValue(2);
	}

	@Test
	void expiredTokenIsNotCached() {
		ReactiveJwtDecoder decoder = cachingDecoder(NOW.plusSeconds(60));

		decoder.decode("valid").block(HANG_LIMIT);
		decoder.decode("valid").block(HANG_LIMIT);

		assertThat(this.decodings).hasValue(2);
	}

	@Test
	void invalidTokenIsNotCached() {
		ReactiveJwtDecoder decoder = cachingDecoder(NOW);

		for (int call = 1; call <= 2; call++) {
			StepVerifier.create(decoder.decode("forged")).expectError(BadJwtException.class).verify(HANG_LIMIT);
			assertThat(this.decodings).hasValue(call);
		}
	}

	@Test
	void expiredTokenIsNotFound() {
		AtomicReference<Instant> now = new AtomicReference<>(NOW);
		VerifiedTokenCache cache = new VerifiedTokenCache(((InstantSource) now::get).withZone(ZoneOffset.UTC));
		cache.decoder(countingDecoder()).decode("valid").block(HANG_LIMIT);
		assertThat(cache.find("valid")).isNotNull();

		now.set(NOW.plusSeconds(60));

		assertThat(cache.find("valid")).isNull();
	}

	@Test
	void evictedTokenIsDecodedAgainAndOthersAreNot() {
		VerifiedTokenCache cache = new VerifiedTokenCache(Clock.fixed(NOW, ZoneOffset.UTC));
		ReactiveJwtDecoder decoder = cache.decoder(countingDecoder());
		decoder.decode("valid").block(HANG_LIMIT);
		decoder.decode("valid too").block(HANG_LIMIT);

		cache.evictIf((token) -> token.getTokenValue().equals("valid"));

		assertThat(cache.find("valid")).isNull();
		assertThat(cache.find("valid too")).isNotNull();
	}

	@Test
	void tokenWhoseVerificationStartedBeforeAnEvictionIsNotCached() {
		VerifiedTokenCache cache = new VerifiedTokenCache(Clock.fixed(NOW, ZoneOffset.UTC));
		Sinks.One<Jwt> verified = Sinks.one();

		StepVerifier.create(cache.decoder((_) -> verified.asMono()).decode("valid")).then(() -> {
			cache.evictIf((_) -> false);
			verified.tryEmitValue(jwt("valid"));
		}).expectNextCount(1).expectComplete().verify(HANG_LIMIT);

		assertThat(cache.find("valid")).isNull();
	}

	private ReactiveJwtDecoder cachingDecoder(Instant now) {
		return new VerifiedTokenCache(Clock.fixed(now, ZoneOffset.UTC)).decoder(countingDecoder());
	}

	private ReactiveJwtDecoder countingDecoder() {
		return (token) -> Mono.defer(() -> {
			this.decodings.incrementAndGet();
			return token.startsWith("valid") ? Mono.just(jwt(token)) : Mono.error(new BadJwtException("Not valid"));
		});
	}

	private static Jwt jwt(String token) {
		return Jwt.withTokenValue(token).header("alg", "ES256").subject("ada").expiresAt(NOW.plusSeconds(60)).build();
	}

}
