package lectern.web;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A good token is checked once, while it lasts; a bad one each time. */
class CachingJwtDecoderTests {

	private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

	private final AtomicInteger checks = new AtomicInteger();

	@Test
	void validTokenIsDecodedOnce() {
		CachingJwtDecoder tokens = cachingDecoder(NOW);

		assertThat(tokens.decode("good").block(HANG_LIMIT)).isSameAs(tokens.decode("good").block(HANG_LIMIT));

		assertThat(this.checks).hasValue(1);
	}

	@Test
	void differentTokenIsDecodedAgain() {
		CachingJwtDecoder tokens = cachingDecoder(NOW);

		tokens.decode("good").block(HANG_LIMIT);
		tokens.decode("good too").block(HANG_LIMIT);

		assertThat(this.checks).hasValue(2);
	}

	@Test
	void expiredTokenIsNotCached() {
		CachingJwtDecoder tokens = cachingDecoder(NOW.plusSeconds(60));

		tokens.decode("good").block(HANG_LIMIT);
		tokens.decode("good").block(HANG_LIMIT);

		assertThat(this.checks).hasValue(2);
	}

	@Test
	void invalidTokenIsNotCached() {
		CachingJwtDecoder tokens = cachingDecoder(NOW);

		for (int time = 1; time <= 2; time++) {
			StepVerifier.create(tokens.decode("bad")).expectError(BadJwtException.class).verify(HANG_LIMIT);
			assertThat(this.checks).hasValue(time);
		}
	}

	private CachingJwtDecoder cachingDecoder(Instant now) {
		ReactiveJwtDecoder decoder = (token) -> Mono.defer(() -> {
			this.checks.incrementAndGet();
			return token.startsWith("good") ? Mono.just(jwt(token)) : Mono.error(new BadJwtException("No good"));
		});
		return new CachingJwtDecoder(decoder, Clock.fixed(now, ZoneOffset.UTC));
	}

	private static Jwt jwt(String token) {
		return Jwt.withTokenValue(token).header("alg", "ES256").subject("ada").expiresAt(NOW.plusSeconds(60)).build();
	}

}
