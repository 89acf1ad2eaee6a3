package lectern.web;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.security.oauth2.jwt.Jwt;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class RevokedSessionsTests {

	private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

	private final AtomicReference<Instant> now = new AtomicReference<>(START);

	private final RevokedSessions sessions = new RevokedSessions(
			((InstantSource) this.now::get).withZone(ZoneOffset.UTC));

	@Test
	void endedSessionIsForgottenAfterItsLastToken() {
		this.sessions.add(Map.of("early", START.plusSeconds(100), "late", START.plusSeconds(1000)));
		this.now.set(START.plusSeconds(500));
		assertThat(this.sessions.contains("early")).isTrue();

		this.sessions.add(Map.of());

		assertThat(this.sessions.contains("early")).isFalse();
		assertThat(this.sessions.contains("late")).isTrue();
		assertThat(this.sessions.toMap()).containsOnlyKeys("late");
	}

	@Test
	void tokenWithoutSessionIsNeverRevoked() {
		this.sessions.add(Map.of("one", START.plusSeconds(100)));
		assertThat(this.sessions.contains(null)).isFalse();
	}

	@Test
	void contentIsTakenUntilItsSessionEnds() {
		Jwt token = Jwt.withTokenValue("token")
			.header("alg", "none")
			.claims((claims) -> claims.putAll(Map.of(TokenSession.ID_CLAIM, "one", TokenSession.ROLES_ID_CLAIM, "roles",
					TokenSession.END_CLAIM, START.plusSeconds(1000).getEpochSecond())))
			.build();
		Flux<DataBuffer> content = this.sessions
			.untilEnd(Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.allocateBuffer(1))), token);

		StepVerifier.create(content).expectNextCount(1).expectComplete().verify(HANG_LIMIT);
		this.sessions.add(Map.of("other", START.plusSeconds(2000)));
		StepVerifier.create(content).expectNextCount(1).expectComplete().verify(HANG_LIMIT);
		this.now.set(START.plusSeconds(1000));
		StepVerifier.create(content)
			.expectErrorSatisfies(RevokedSessionsTests::assertUnauthenticated)
			.verify(HANG_LIMIT);
		this.now.set(START);
		this.sessions.add(Map.of("roles", START.plusSeconds(2000)));
		StepVerifier.create(content)
			.expectErrorSatisfies(RevokedSessionsTests::assertUnauthenticated)
			.verify(HANG_LIMIT);
	}

	private static void assertUnauthenticated(Throwable failure) {
		assertThat(failure).isInstanceOf(Problem.class)
			.extracting((problem) -> ((Problem) problem).type())
			.isEqualTo(ProblemType.UNAUTHENTICATED);
	}

}
