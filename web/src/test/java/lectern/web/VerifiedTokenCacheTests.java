package lectern.web;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
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

	private final RevokedSessions revokedSessions = new RevokedSessions(Clock.fixed(NOW, ZoneOffset.UTC));

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
		this.revokedSessions.markComplete();
		VerifiedTokenCache cache = new VerifiedTokenCache(((InstantSource) now::get).withZone(ZoneOffset.UTC),
				this.revokedSessions);
		cache.decoder(countingDecoder()).decode("valid").block(HANG_LIMIT);
		assertThat(cache.find("valid")).isNotNull();

		now.set(NOW.plusSeconds(60));

		assertThat(cache.find("valid")).isNull();
	}

	@Test
	void tokenOfEndedSessionIsNotFoundAndOthersAre() {
		VerifiedTokenCache cache = cache(NOW);
		ReactiveJwtDecoder decoder = cache.decoder(countingDecoder());
		decoder.decode("valid").block(HANG_LIMIT);
		decoder.decode("valid too").block(HANG_LIMIT);

		endSessionOf("valid");

		assertThat(cache.find("valid")).isNull();
		assertThat(cache.find("valid too")).isNotNull();
		StepVerifier.create(decoder.decode("valid")).expectError(BadJwtException.class).verify(HANG_LIMIT);
	}

	@Test
	void tokenWithFormerRolesIsNotFoundAndRejected() {
		VerifiedTokenCache cache = cache(NOW);
		ReactiveJwtDecoder decoder = cache.decoder(countingDecoder());
		decoder.decode("valid").block(HANG_LIMIT);

		this.revokedSessions.add(Map.of("roles of valid", NOW.plusSeconds(60)));

		assertThat(cache.find("valid")).isNull();
		StepVerifier.create(decoder.decode("valid")).expectError(BadJwtException.class).verify(HANG_LIMIT);
	}

	@Test
	void tokenWhoseSessionEndsDuringItsVerificationIsRejected() {
		VerifiedTokenCache cache = cache(NOW);
		Sinks.One<Jwt> verified = Sinks.one();

		StepVerifier.create(cache.decoder((_) -> verified.asMono()).decode("valid")).then(() -> {
			endSessionOf("valid");
			verified.tryEmitValue(jwt("valid"));
		}).expectError(BadJwtException.class).verify(HANG_LIMIT);

		assertThat(cache.find("valid")).isNull();
	}

	@Test
	void noTokenIsAcceptedBeforeAllRevocationsAreKnown() {
		RevokedSessions unknown = new RevokedSessions(Clock.fixed(NOW, ZoneOffset.UTC));
		ReactiveJwtDecoder decoder = new VerifiedTokenCache(Clock.fixed(NOW, ZoneOffset.UTC), unknown)
			.decoder(countingDecoder());

		StepVerifier.withVirtualTime(() -> decoder.decode("valid"))
			.thenAwait(HANG_LIMIT)
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOfSatisfying(Problem.class,
					(problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE)))
			.verify(HANG_LIMIT);
		StepVerifier.create(decoder.decode("valid"))
			.then(unknown::markComplete)
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	private void endSessionOf(String token) {
		this.revokedSessions.add(Map.of("session of " + token, NOW.plusSeconds(60)));
	}

	private VerifiedTokenCache cache(Instant now) {
		this.revokedSessions.markComplete();
		return new VerifiedTokenCache(Clock.fixed(now, ZoneOffset.UTC), this.revokedSessions);
	}

	private ReactiveJwtDecoder cachingDecoder(Instant now) {
		return cache(now).decoder(countingDecoder());
	}

	private ReactiveJwtDecoder countingDecoder() {
		return (token) -> Mono.defer(() -> {
			this.decodings.incrementAndGet();
			return token.startsWith("valid") ? Mono.just(jwt(token)) : Mono.error(new BadJwtException("Not valid"));
		});
	}

	private static Jwt jwt(String token) {
		return Jwt.withTokenValue(token)
			.header("alg", "ES256")
			.subject("ada")
			.claim(TokenSession.ID_CLAIM, "session of " + token)
			.claim(TokenSession.ROLES_ID_CLAIM, "roles of " + token)
			.expiresAt(NOW.plusSeconds(60))
			.build();
	}

}
