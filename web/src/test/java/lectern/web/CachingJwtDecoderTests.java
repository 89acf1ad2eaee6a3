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

class CachingJwtDecoderTests {

	private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

	private final AtomicInteger decodings = new AtomicInteger();

	@Test
	void validTokenIsDecodedOnce() {
		CachingJwtDecoder decoder = cachingDecoder(NOW);

		assertThat(decoder.decode("valid").block(HANG_LIMIT)).isSameAs(decoder.decode("valid").block(HANG_LIMIT));

		assertThat(this.decodings).hasValue(1);
	}

	@Test
	void differentTokenIsDecodedAgain() {
		CachingJwtDecoder decoder = cachingDecoder(NOW);

		decoder.decode("valid").block(HANG_LIMIT);
		decoder.decode("valid too").block(HANG_LIMIT);

		assertThat(this.decodings).hasValue(2);
	}

	@Test
	void expiredTokenIsNotCached() {
		CachingJwtDecoder decoder = cachingDecoder(NOW.plusSeconds(60));

		decoder.decode("valid").block(HANG_LIMIT);
		decoder.decode("valid").block(HANG_LIMIT);

		assertThat(this.decodings).hasValue(2);
	}

	@Test
	void invalidTokenIsNotCached() {
		CachingJwtDecoder decoder = cachingDecoder(NOW);

		for (int call = 1; call <= 2; call++) {
			StepVerifier.create(decoder.decode("forged")).expectError(BadJwtException.class).verify(HANG_LIMIT);
			assertThat(this.decodings).hasValue(call);
		}
	}

	private CachingJwtDecoder cachingDecoder(Instant now) {
		ReactiveJwtDecoder decoder = (token) -> Mono.defer(() -> {
			this.decodings.incrementAndGet();
			return token.startsWith("valid") ? Mono.just(jwt(token)) : Mono.error(new BadJwtException("Not valid"));
		});
		return new CachingJwtDecoder(decoder, Clock.fixed(now, ZoneOffset.UTC));
	}

	private static Jwt jwt(String token) {
		return Jwt.withTokenValue(token).header("alg", "ES256").subject("ada").expiresAt(NOW.plusSeconds(60)).build();
	}

}
