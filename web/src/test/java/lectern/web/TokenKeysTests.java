package lectern.web;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class TokenKeysTests {

	private static final ECKey FIRST = generateKey("first");

	private static final ECKey SECOND = generateKey("second");

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));

	private final AtomicInteger loads = new AtomicInteger();

	private final AtomicReference<Mono<JWKSet>> source = new AtomicReference<>(Mono.just(new JWKSet(FIRST)));

	private final TokenKeys keys = new TokenKeys(Mono.defer(() -> {
		this.loads.incrementAndGet();
		return this.source.get();
	}), ((InstantSource) this.now::get).withZone(ZoneOffset.UTC));

	@Test
	void knownKeyIsLoadedOnce() {
		assertThat(idsFor("first")).containsExactly("first");
		assertThat(idsFor("first")).containsExactly("first");
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void unknownKeyIsLoadedOnceIn30Seconds() {
		this.keys.load().block(HANG_LIMIT);
		for (int attempt = 0; attempt < 75; attempt++) {
			assertThat(idsFor("second")).containsExactly("first");
		}
		assertThat(this.loads).hasValue(2);
		this.source.set(Mono.just(new JWKSet(List.of(FIRST, SECOND))));
		advanceSeconds(29);
		assertThat(idsFor("second")).containsExactly("first");
		advanceSeconds(1);
		assertThat(idsFor("second")).containsExactly("first", "second");
		assertThat(this.loads).hasValue(3);
	}

	@Test
	void thoseWhoWaitShareOneLoad() {
		Sinks.One<JWKSet> response = Sinks.one();
		this.source.set(response.asMono());
		StepVerifier
			.create(Flux.merge(this.keys.keysFor(token("first")), this.keys.keysFor(token("first")),
					this.keys.keysFor(token("second"))))
			.then(() -> response.tryEmitValue(new JWKSet(FIRST)))
			.expectNextCount(3)
			.expectComplete()
			.verify(HANG_LIMIT);
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void knownKeysRemainWhileTheSourceIsAway() {
		this.keys.load().block(HANG_LIMIT);
		this.source.set(Mono.error(new IOException("away")));
		assertThat(idsFor("first")).containsExactly("first");
		for (int attempt = 0; attempt < 2; attempt++) {
			StepVerifier.create(this.keys.keysFor(token("second"))).expectError(IOException.class).verify(HANG_LIMIT);
		}
		assertThat(this.loads).hasValue(2);
	}

	@Test
	void withoutAnyKeyTheSourceIsAskedAgainAfterASecond() {
		this.source.set(Mono.error(new IOException("away")));
		StepVerifier.create(this.keys.keysFor(token("first"))).expectError(IOException.class).verify(HANG_LIMIT);
		this.source.set(Mono.just(new JWKSet(FIRST)));
		advanceSeconds(1);
		assertThat(idsFor("first")).containsExactly("first");
	}

	@Test
	void storedKeysAreUsedUntilOthersAreLoaded() {
		this.source.set(Mono.error(new IOException("away")));
		this.keys.restore(new JWKSet(SECOND));
		assertThat(idsFor("second")).containsExactly("second");
		this.source.set(Mono.just(new JWKSet(FIRST)));
		this.keys.load().block(HANG_LIMIT);
		this.keys.restore(new JWKSet(SECOND));
		assertThat(idsFor("second")).containsExactly("first");
	}

	private List<String> idsFor(String key) {
		return this.keys.keysFor(token(key)).map(JWK::getKeyID).collectList().blockOptional(HANG_LIMIT).orElseThrow();
	}

	private void advanceSeconds(long seconds) {
		this.now.updateAndGet((before) -> before.plusSeconds(seconds));
	}

	private static SignedJWT token(String key) {
		return new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key).build(),
				new JWTClaimsSet.Builder().build());
	}

	private static ECKey generateKey(String id) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
