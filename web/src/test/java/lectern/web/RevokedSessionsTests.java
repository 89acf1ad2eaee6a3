package lectern.web;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

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

}
