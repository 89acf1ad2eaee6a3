package lectern.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tokens of an issuer outside of Lectern. */
class OidcTokenDecoderTests {

	private static final TestIssuer ISSUER = TestIssuer.start();

	private final ReactiveJwtDecoder decoder = decoder(settings("sub", "realm_access.roles"));

	@AfterAll
	static void stop() {
		ISSUER.close();
	}

	@Test
	void acceptsAlgorithmsWithPublicKeys() {
		for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.RS512,
				JWSAlgorithm.ES256)) {
			assertThat(decode(ISSUER.token(algorithm, (_) -> {
			})).getSubject()).isEqualTo("grace");
		}
	}

	@Test
	void rejectsOtherAlgorithms() {
		assertRejected(ISSUER.token(JWSAlgorithm.HS256, (_) -> {
		}));
		String claims = ISSUER.token("grace").split("\\.")[1];
		assertRejected("eyJhbGciOiJub25lIn0." + claims + ".");
		ReactiveJwtDecoder strict = decoder(new OidcSettings(ISSUER.url(), "sub", "roles", Set.of(), Set.of(),
				Set.of(SignatureAlgorithm.ES256), Duration.ZERO));
		assertThatExceptionOfType(JwtException.class)
			.isThrownBy(() -> strict.decode(ISSUER.token("grace")).block(HANG_LIMIT));
	}

	@Test
	void rejectsTokensThatAreNotValidHere() {
		Stream.<Consumer<JWTClaimsSet.Builder>>of((claims) -> claims.issuer("https://other.example"),
				(claims) -> claims.audience("account"), (claims) -> claims.expirationTime(null),
				(claims) -> claims.expirationTime(secondsFromNow(-60)),
				(claims) -> claims.notBeforeTime(secondsFromNow(60)))
			.forEach((fault) -> assertRejected(ISSUER.token(JWSAlgorithm.RS256, fault)));
	}

	@Test
	void clockOfIssuerMayDiffer() {
		decode(ISSUER.token(JWSAlgorithm.RS256, (claims) -> claims.expirationTime(secondsFromNow(-15))));
		decode(ISSUER.token(JWSAlgorithm.RS256, (claims) -> claims.notBeforeTime(secondsFromNow(15))));
	}

	@Test
	void claimsBecomeThoseOfOurTokens() {
		Jwt token = decode(ISSUER.token("grace", "librarian", "offline_access"));
		assertThat(token.getClaimAsStringList("roles")).containsExactly("curator");
		assertThat(TokenSession.of(token).id()).isNull();
		assertThat(TokenSession.of(token).end()).isEqualTo(token.getExpiresAt());
		assertThat(decode(ISSUER.token("grace")).getClaimAsStringList("roles")).isEmpty();
		assertThat(decode(ISSUER.token("grace", "librarian", "ops")).getClaimAsStringList("roles"))
			.containsExactly("curator", "operator");
	}

	@Test
	void rolesOfIssuerAreNotThoseOfOurTokens() {
		assertThat(decode(ISSUER.token(JWSAlgorithm.RS256, (claims) -> claims.claim("roles", List.of("operator"))))
			.getClaimAsStringList("roles")).isEmpty();
	}

	@Test
	void rolesMayBeTextAndClaimNamesMayHaveDots() {
		String claim = "https://lectern.example/roles";
		Jwt token = decoder(settings("sub", claim))
			.decode(ISSUER.token(JWSAlgorithm.RS256, (claims) -> claims.claim(claim, "ops reader")))
			.block(HANG_LIMIT);
		assertThat(token.getClaimAsStringList("roles")).containsExactly("operator");
	}

	@Test
	void readerIsTheConfiguredClaimAndHasToBeHandle() {
		ReactiveJwtDecoder byUsername = decoder(settings("preferred_username", "roles"));
		for (Object username : List.of("Grace", "grace@example.org", "g", "gr\u00e4ce", "x".repeat(41), 7,
				Map.of("a", "b"))) {
			String token = ISSUER.token(JWSAlgorithm.RS256, (claims) -> claims.claim("preferred_username", username));
			assertThatExceptionOfType(JwtException.class).as(username.toString())
				.isThrownBy(() -> byUsername.decode(token).block(HANG_LIMIT));
		}
		assertThat(byUsername
			.decode(ISSUER.token(JWSAlgorithm.RS256, (claims) -> claims.claim("preferred_username", "grace-hopper")))
			.block(HANG_LIMIT)
			.getSubject()).isEqualTo("grace-hopper");
	}

	private static Date secondsFromNow(int seconds) {
		return Date.from(Instant.now().plusSeconds(seconds));
	}

	private Jwt decode(String token) {
		return this.decoder.decode(token).blockOptional(HANG_LIMIT).orElseThrow();
	}

	private void assertRejected(String token) {
		assertThatExceptionOfType(JwtException.class).isThrownBy(() -> decode(token));
	}

	private static OidcSettings settings(String readerClaim, String rolesClaim) {
		return new OidcSettings(ISSUER.url(), readerClaim, rolesClaim, Set.of("librarian"), Set.of("ops"),
				EnumSet.allOf(SignatureAlgorithm.class), Duration.ofSeconds(30));
	}

	private static ReactiveJwtDecoder decoder(OidcSettings settings) {
		return TokenDecoders.create(TokenKeys.of(settings, Clock.systemUTC()),
				new TokenSettings("lectern", "lectern", null, null, settings), Clock.systemUTC());
	}

}
