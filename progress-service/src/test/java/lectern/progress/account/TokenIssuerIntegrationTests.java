package lectern.progress.account;

import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import lectern.progress.TestProgress;
import lectern.progress.TestSigningKey;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lectern.progress.account.TestAccounts.PASSWORD;
import static lectern.progress.account.TestAccounts.get;
import static lectern.progress.account.TestAccounts.register;
import static lectern.progress.account.TestAccounts.signIn;
import static org.assertj.core.api.Assertions.assertThat;

class TokenIssuerIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private static final String READER = "token-reader";

	private static final String OTHER_READER = "other-token-reader";

	private static final String OWN = "/api/v1/readers/" + READER;

	private static final Duration LIFETIME = Duration.ofMinutes(10);

	@BeforeAll
	static void registerReaders() {
		register(PROGRESS, READER).assertStatus(201);
		register(PROGRESS, OTHER_READER).assertStatus(201);
	}

	@Test
	void tokenHasSubjectAndLifetime() throws ParseException {
		TestApiResponse signedIn = signIn(PROGRESS, READER, PASSWORD).assertStatus(200)
			.assertMember("/tokenType", "Bearer")
			.assertMember("/expiresIn", 1800);
		assertThat(signedIn.json().size()).isEqualTo(3);
		SignedJWT token = SignedJWT.parse(signedIn.at("/accessToken").stringValue());
		JWTClaimsSet claims = token.getJWTClaimsSet();
		assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
		assertThat(token.getHeader().getKeyID()).isEqualTo(PROGRESS.signingKey().id());
		assertThat(claims.getSubject()).isEqualTo(READER);
		assertThat(claims.getIssuer()).isEqualTo("lectern");
		assertThat(claims.getAudience()).containsExactly("lectern");
		assertThat(claims.getStringListClaim("roles")).isEmpty();
		assertThat(claims.getJWTID()).isNotBlank();
		assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime()).isEqualTo(1_800_000);
	}

	@Test
	void handleIsMatchedWithoutCaseAndSpaces() throws ParseException {
		String token = signIn(PROGRESS, " Token-Reader ", PASSWORD).assertStatus(200).at("/accessToken").stringValue();
		assertThat(SignedJWT.parse(token).getJWTClaimsSet().getSubject()).isEqualTo(READER);
	}

	@Test
	void signInSetsCookieThatAuthenticates() {
		String cookie = signInCookie("http");
		assertThat(cookie).startsWith("lectern-token=")
			.contains("; Path=/;", "; HttpOnly", "; SameSite=Strict")
			.containsPattern("; Max-Age=259(2000|1\\d{3});")
			.doesNotContain("Secure");
		getWithCookie(cookie.substring(0, cookie.indexOf(';'))).assertStatus(200);
	}

	/** Nobody but this host, over TLS, can set a cookie with this name. */
	@Test
	void cookieOverTlsHasHostPrefix() {
		String cookie = signInCookie("https");
		assertThat(cookie).startsWith("__Host-lectern-token=")
			.contains("; Path=/;", "; Secure")
			.doesNotContain("Domain");
		String pair = cookie.substring(0, cookie.indexOf(';'));
		TestApiClient secure = PROGRESS.anonymous().with("X-Forwarded-Proto", "https");
		secure.with(HttpHeaders.COOKIE, pair).get(OWN).assertStatus(200);
		secure.with(HttpHeaders.COOKIE, pair.substring("__Host-".length())).get(OWN).assertStatus(401);
		getWithCookie(pair).assertStatus(401);
	}

	@Test
	void pageOfAnotherOriginGetsTokenWithoutCookie() {
		String content = "{\"reader\":\"" + READER + "\",\"password\":\"" + PASSWORD + "\"}";
		for (List<String> header : List.of(List.of("Sec-Fetch-Site", "cross-site"),
				List.of("Sec-Fetch-Site", "same-site"), List.of("Origin", "https://reader.example"))) {
			PROGRESS.anonymous()
				.with(header.getFirst(), header.getLast())
				.post("/api/v1/tokens", content)
				.assertStatus(200)
				.assertHeader(HttpHeaders.SET_COOKIE, null);
		}
	}

	@Test
	void cookieChangesSomethingOnlyForPagesOfTheSameOrigin() {
		String cookie = signInCookie("http");
		TestApiClient browser = PROGRESS.anonymous().with(HttpHeaders.COOKIE, cookie.substring(0, cookie.indexOf(';')));
		for (TestApiClient foreign : List.of(browser, browser.with("Sec-Fetch-Site", "same-site"),
				browser.with("Sec-Fetch-Site", "cross-site"), browser.with("Origin", "http://localhost:1"),
				browser.with("Origin", "null"))) {
			foreign.delete(OWN + "/tokens").assertProblem(403, "cross-origin");
			foreign.post("/api/v1/tokens").assertProblem(403, "cross-origin");
			foreign.post(OWN + "/nowhere", "{}").assertProblem(404, "not-found");
			foreign.get(OWN).assertStatus(200);
		}
		TestApiClient forwarded = browser.with("X-Forwarded-Host", "lectern.example:8080");
		forwarded.with("Origin", "http://lectern.example").delete(OWN + "/tokens").assertProblem(403, "cross-origin");
		forwarded.with("Origin", "http://lectern.example:8080").post("/api/v1/tokens").assertStatus(200);
		browser.with("Sec-Fetch-Site", "none").post("/api/v1/tokens").assertStatus(200);
		browser.with("Sec-Fetch-Site", "same-origin").delete(OWN + "/tokens").assertStatus(204);
	}

	private static String signInCookie(String scheme) {
		return PROGRESS.anonymous()
			.with("X-Forwarded-Proto", scheme)
			.post("/api/v1/tokens", "{\"reader\":\"" + READER + "\",\"password\":\"" + PASSWORD + "\"}")
			.header(HttpHeaders.SET_COOKIE);
	}

	private static TestApiResponse getWithCookie(String cookie) {
		return PROGRESS.anonymous().with(HttpHeaders.COOKIE, cookie).get(OWN);
	}

	/** A program, or a browser with an old cookie, renews what has expired. */
	@Test
	void tokenBesidePasswordIsNotLookedAt() {
		String content = "{\"reader\":\"" + READER + "\",\"password\":\"" + PASSWORD + "\"}";
		for (String token : List.of("a.b.c",
				PROGRESS.signingKey().sign(READER, "lectern", "lectern", Duration.ofSeconds(-120)))) {
			PROGRESS.anonymous().withToken(token).post("/api/v1/tokens", content).assertStatus(200);
			PROGRESS.anonymous()
				.with(HttpHeaders.COOKIE, "lectern-token=" + token)
				.post("/api/v1/tokens", content)
				.assertStatus(200);
			PROGRESS.anonymous().withToken(token).post("/api/v1/readers", "{}").assertStatus(422);
			PROGRESS.anonymous().withToken(token).get("/.well-known/jwks.json").assertStatus(200);
			PROGRESS.anonymous().withToken(token).get(OWN).assertStatus(401);
		}
	}

	@Test
	void wrongPasswordAndUnknownReaderHaveTheSameResponse() {
		String wrong = rejectedSignIn(READER, "wrong password");
		assertThat(wrong).contains("\"/problems/sign-in-refused\"").doesNotContain("wrong password");
		assertThat(rejectedSignIn("nobody-here", PASSWORD)).isEqualTo(wrong);
		assertThat(rejectedSignIn("not a handle \u0000", PASSWORD)).isEqualTo(wrong);
		assertThat(rejectedSignIn(READER, "")).isEqualTo(wrong);
		assertThat(rejectedSignIn(READER, "x".repeat(100_000))).isEqualTo(wrong);
	}

	/** Return the problem without its request id, which always differs. */
	private static String rejectedSignIn(String reader, String password) {
		TestApiResponse response = signIn(PROGRESS, reader, password).assertStatus(401)
			.assertHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
			.assertHeader(HttpHeaders.SET_COOKIE, null);
		return response.text().replaceAll("\"requestId\":\"[^\"]*\"", "");
	}

	@Test
	void missingMembersAreReportedWithPointer() {
		PROGRESS.anonymous()
			.post("/api/v1/tokens", "{}")
			.assertInvalidMember("/reader")
			.assertMember("/errors/1/pointer", "/password");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/readers/grace", "/api/v1/readers/grace/readings", "/api/v1/readers/nobody/events",
			"/api/v1/readers/TOKEN-READER", "/api/v1/readers/%67race/readings" })
	void otherReadersPathIsForbidden(String path) {
		get(PROGRESS, path, token()).assertProblem(403, "forbidden");
		PROGRESS.anonymous().get(path).assertProblem(401, "unauthenticated");
	}

	/** Without a resource there is nothing for which to ask for a token. */
	@ParameterizedTest
	@ValueSource(strings = { "/nothing-here", "/api/v1/readers/grace/", "/api/v1/readers/grace/nothing-here" })
	void unknownPathNeedsNoToken(String path) {
		PROGRESS.anonymous().get(path).assertProblem(404, "not-found");
	}

	@Test
	void otherReadersUnknownPathIsForbidden() {
		get(PROGRESS, "/api/v1/readers/grace/", token()).assertProblem(403, "forbidden");
	}

	@Test
	void ownPathIsAllowedAndUnknownPathIsNotFound() {
		get(PROGRESS, OWN, token()).assertStatus(200);
		get(PROGRESS, OWN + "/nothing-here", token()).assertProblem(404, "not-found");
	}

	@ParameterizedTest
	@MethodSource("invalidTokens")
	void rejectsInvalidToken(Supplier<String> token) {
		get(PROGRESS, OWN, token.get()).assertProblem(401, "unauthenticated")
			.assertHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		getWithCookie("lectern-token=" + token.get()).assertProblem(401, "unauthenticated");
	}

	static List<Named<Supplier<String>>> invalidTokens() {
		TestSigningKey key = PROGRESS.signingKey();
		return List.of(Named.of("expired", () -> key.sign(READER, "lectern", "lectern", Duration.ofSeconds(-120))),
				Named.of("changed after it was signed", TokenIssuerIntegrationTests::tamperedToken),
				Named.of("without an algorithm", TokenIssuerIntegrationTests::unsignedToken),
				Named.of("by another key with the same id",
						() -> TestSigningKey.generate(key.id()).sign(READER, "lectern", "lectern", LIFETIME)),
				Named.of("by another key",
						() -> TestSigningKey.generate("another").sign(READER, "lectern", "lectern", LIFETIME)),
				Named.of("for another audience", () -> key.sign(READER, "lectern", "elsewhere", LIFETIME)),
				Named.of("of another issuer", () -> key.sign(READER, "elsewhere", "lectern", LIFETIME)),
				Named.of("that never expires", () -> key.signWithoutExpiry(READER)),
				Named.of("malformed", () -> "a.b.c"));
	}

	@Test
	void acceptsCorrectlySignedToken() {
		get(PROGRESS, OWN, PROGRESS.signingKey().sign(READER, "lectern", "lectern", LIFETIME)).assertStatus(200);
	}

	@Test
	void jwkSetTakesNoParameters() {
		PROGRESS.anonymous().get("/.well-known/jwks.json?colour=red").assertInvalidParameter("colour");
	}

	@Test
	void jwkSetHoldsOnlyCacheablePublicKeys() {
		TestApiResponse keySet = PROGRESS.anonymous()
			.get("/.well-known/jwks.json")
			.assertStatus(200)
			.assertHeader(HttpHeaders.CACHE_CONTROL, "max-age=300, public")
			.assertMember("/keys/0/kid", PROGRESS.signingKey().id())
			.assertMember("/keys/0/alg", "ES256")
			.assertMember("/keys/0/d", null);
		keySet.assertMember("/keys/1/alg", "ES256").assertMember("/keys/1/d", null);
		assertThat(keySet.at("/keys").size()).isEqualTo(2);
	}

	private static String token() {
		return PROGRESS.signingKey().sign(READER);
	}

	private static String tamperedToken() {
		String[] parts = PROGRESS.signingKey().sign(OTHER_READER).split("\\.");
		String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace(OTHER_READER, READER);
		return parts[0] + "." + encode(claims) + "." + parts[2];
	}

	private static String unsignedToken() {
		return encode("{\"alg\":\"none\"}") + "." + token().split("\\.")[1] + ".";
	}

	private static String encode(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
	}

}
