package lectern.web;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

class TokenSessionTests {

	private static final Instant EXPIRY = Instant.parse("2026-11-25T10:30:00Z");

	@Test
	void sessionOutlivesItsToken() {
		Instant end = Instant.parse("2026-12-25T10:00:00Z");
		Jwt token = token().claim(TokenSession.ID_CLAIM, "one")
			.claim(TokenSession.END_CLAIM, end.getEpochSecond())
			.build();
		assertThat(TokenSession.of(token)).isEqualTo(new TokenSession("one", end));
	}

	@Test
	void withoutSessionTheTokenIsTheEnd() {
		assertThat(TokenSession.of(token().build())).isEqualTo(new TokenSession(null, EXPIRY));
		assertThat(TokenSession.of(token().claim(TokenSession.END_CLAIM, 1).build()))
			.isEqualTo(new TokenSession(null, EXPIRY));
		assertThat(TokenSession.of(token().claim(TokenSession.ID_CLAIM, "one").build()))
			.isEqualTo(new TokenSession("one", EXPIRY));
	}

	@Test
	void keyHasNoEnd() {
		Jwt token = token().claim(TokenSession.ID_CLAIM, "one")
			.claim(TokenSession.KEY_CLAIM, true)
			.claim(TokenSession.ROLES_ID_CLAIM, "roles")
			.build();
		assertThat(TokenSession.of(token)).isEqualTo(new TokenSession("one", null, "roles"));
		assertThat(TokenSession.isOfKey(token)).isTrue();
		assertThat(TokenSession.isOfKey(token().claim(TokenSession.KEY_CLAIM, "true").build())).isFalse();
	}

	private static Jwt.Builder token() {
		return Jwt.withTokenValue("token").header("alg", "ES256").subject("ada").expiresAt(EXPIRY);
	}

}
