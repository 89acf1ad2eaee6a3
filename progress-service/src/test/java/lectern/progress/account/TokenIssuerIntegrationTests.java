package lectern.progress.account;

import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import lectern.streaming.postgreslog.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lectern.progress.account.ProgressInstance.PASSWORD;
import static lectern.progress.account.ProgressInstance.assertProblem;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class TokenIssuerIntegrationTests {

	private static final String OWN = "/api/v1/readers/ada";

	private static ProgressInstance progress;

	@BeforeAll
	static void start() {
		progress = ProgressInstance.start(TestPostgres.database());
		progress.register("ada").expectStatus().isCreated().expectBody();
		progress.register("grace").expectStatus().isCreated().expectBody();
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void tokenHasSubjectAndLifetime() throws ParseException {
		progress.signIn("ada", PASSWORD)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.tokenType")
			.isEqualTo("Bearer")
			.jsonPath("$.expiresIn")
			.isEqualTo(1800)
			.jsonPath("$.length()")
			.isEqualTo(3);
		SignedJWT token = SignedJWT.parse(progress.token("ada"));
		JWTClaimsSet claims = token.getJWTClaimsSet();
		assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
		assertThat(token.getHeader().getKeyID()).isEqualTo(signingKey().getKeyID());
		assertThat(claims.getSubject()).isEqualTo("ada");
		assertThat(claims.getIssuer()).isEqualTo("lectern");
		assertThat(claims.getAudience()).containsExactly("lectern");
		assertThat(claims.getStringListClaim("roles")).isEmpty();
		assertThat(claims.getJWTID()).isNotBlank();
		assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime()).isEqualTo(1_800_000);
	}

	@Test
	void signInSetsCookieThatAuthenticates() {
		ResponseCookie cookie = signInCookie("http");
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getSameSite()).isEqualTo("Strict");
		assertThat(cookie.getPath()).isEqualTo("/");
		assertThat(cookie.getMaxAge()).hasSeconds(1800);
		assertThat(cookie.isSecure()).isFalse();
		assertThat(signInCookie("https").isSecure()).isTrue();
		progress.client.get()
			.uri(OWN)
			.cookie("lectern-token", cookie.getValue())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody();
	}

	private static ResponseCookie signInCookie(String scheme) {
		return Objects.requireNonNull(progress.client.post()
			.uri("/api/v1/tokens")
			.header("X-Forwarded-Proto", scheme)
			.header(HttpHeaders.CONTENT_TYPE, "application/json")
			.bodyValue("{\"reader\":\"ada\",\"password\":\"" + PASSWORD + "\"}")
			.exchange()
			.expectBody()
			.returnResult()
			.getResponseCookies()
			.getFirst("lectern-token"));
	}

	@Test
	void wrongPasswordAndUnknownReaderHaveTheSameResponse() {
		String wrong = refusal("ada", "wrong password");
		assertThat(wrong).contains("\"/problems/sign-in-refused\"").doesNotContain("wrong password");
		assertThat(refusal("nobody-here", PASSWORD)).isEqualTo(wrong);
		assertThat(refusal("not a handle \u0000", PASSWORD)).isEqualTo(wrong);
		assertThat(refusal("ada", "")).isEqualTo(wrong);
		assertThat(refusal("ada", "x".repeat(100_000))).isEqualTo(wrong);
	}

	/** Without its request id, which always differs. */
	private static String refusal(String reader, String password) {
		EntityExchangeResult<String> answer = progress.signIn(reader, password)
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
			.expectHeader()
			.doesNotExist(HttpHeaders.SET_COOKIE)
			.expectBody(String.class)
			.returnResult();
		return Objects.requireNonNull(answer.getResponseBody()).replaceAll("\"requestId\":\"[^\"]*\"", "");
	}

	@Test
	void missingMembersAreReportedWithPointer() {
		progress.post("/api/v1/tokens", "{}")
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].pointer")
			.isEqualTo("/reader")
			.jsonPath("$.errors[1].pointer")
			.isEqualTo("/password");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/readers/grace", "/api/v1/readers/grace/", "/api/v1/readers/grace/readings",
			"/api/v1/readers/nobody/events", "/api/v1/readers/ADA", "/api/v1/readers/%67race/readings" })
	void otherReadersPathIsForbidden(String path) {
		assertProblem(progress.get(path, progress.token("ada")), 403, "forbidden");
		assertProblem(progress.client.get().uri(progress.uri(path)).exchange(), 401, "unauthenticated");
	}

	@Test
	void ownPathIsAllowedAndUnknownPathIsNotFound() {
		String token = progress.token("ada");
		progress.get(OWN, token).expectStatus().isOk().expectBody();
		assertProblem(progress.get(OWN + "/nothing-here", token), 404, "not-found");
		assertProblem(progress.client.get().uri("/nothing-here").exchange(), 401, "unauthenticated");
	}

	@ParameterizedTest
	@MethodSource("invalidTokens")
	void rejectsInvalidToken(Supplier<String> token) {
		progress.get(OWN, token.get()).expectHeader().valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer").expectBody();
		assertProblem(progress.get(OWN, token.get()), 401, "unauthenticated");
		assertProblem(progress.client.get().uri(OWN).cookie("lectern-token", token.get()).exchange(), 401,
				"unauthenticated");
	}

	static List<Named<Supplier<String>>> invalidTokens() {
		return List.of(Named.of("expired", () -> signedToken(signingKey(), "lectern", "lectern", -120)),
				Named.of("changed after it was signed", TokenIssuerIntegrationTests::tamperedToken),
				Named.of("without an algorithm", TokenIssuerIntegrationTests::unsignedToken),
				Named.of("by another key of the same id",
						() -> signedToken(otherKey(signingKey().getKeyID()), "lectern", "lectern", 600)),
				Named.of("by another key", () -> signedToken(otherKey("another"), "lectern", "lectern", 600)),
				Named.of("for another audience", () -> signedToken(signingKey(), "lectern", "elsewhere", 600)),
				Named.of("of another issuer", () -> signedToken(signingKey(), "elsewhere", "lectern", 600)),
				Named.of("nonsense", () -> "a.b.c"));
	}

	@Test
	void acceptsCorrectlySignedToken() {
		progress.get(OWN, signedToken(signingKey(), "lectern", "lectern", 600)).expectStatus().isOk().expectBody();
	}

	@Test
	void jwkSetHoldsOnlyTheCacheablePublicKey() {
		progress.client.get()
			.uri("/.well-known/jwks.json")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.CACHE_CONTROL, "max-age=300, public")
			.expectBody()
			.jsonPath("$.keys.length()")
			.isEqualTo(1)
			.jsonPath("$.keys[0].kid")
			.isEqualTo(signingKey().getKeyID())
			.jsonPath("$.keys[0].alg")
			.isEqualTo("ES256")
			.jsonPath("$.keys[0].d")
			.doesNotExist();
	}

	private static String tamperedToken() {
		String[] parts = progress.token("grace").split("\\.");
		String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("grace", "ada");
		return parts[0] + "." + encoded(claims) + "." + parts[2];
	}

	private static String unsignedToken() {
		return encoded("{\"alg\":\"none\"}") + "." + progress.token("ada").split("\\.")[1] + ".";
	}

	private static String encoded(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
	}

	private static String signedToken(ECKey key, String issuer, String audience, long seconds) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
					new JWTClaimsSet.Builder().subject("ada")
						.issuer(issuer)
						.audience(audience)
						.expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
						.build());
			token.sign(new ECDSASigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ECKey otherKey(String id) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The service's own key, as nobody but its database has it. */
	private static ECKey signingKey() {
		try {
			return ECKey.parse(Objects.requireNonNull(progress.database()
				.sql("select jwk from signing_key")
				.map((row) -> row.get("jwk", String.class))
				.one()
				.block(HANG_LIMIT)));
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
