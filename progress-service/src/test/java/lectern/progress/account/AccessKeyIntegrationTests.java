package lectern.progress.account;

import java.text.ParseException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.nimbusds.jwt.JWTClaimsSet;
import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.streaming.sse.SseEvent;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The keys of programs, and what the gateway gets for them. */
class AccessKeyIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader ada = PROGRESS.newReader();

	@Test
	void keyIsShownOnceAndExchangedForTokenOfMinute() throws ParseException {
		TestApiResponse made = create("E-reader");
		String secret = made.at("/secret").asString();
		assertThat(secret).matches("[a-z2-7]{16}");
		assertThat(made.json().propertyNames()).containsExactlyInAnyOrder("id", "name", "secret", "createdAt");
		TestApiResponse unused = this.ada.get("/keys").assertStatus(200);
		assertThat(unused.at("/items/0").propertyNames()).containsExactlyInAnyOrder("id", "name", "createdAt");

		String token = exchange(secret).assertStatus(200).assertMember("/expiresIn", 60).at("/accessToken").asString();

		JWTClaimsSet claims = TestAccounts.parse(token).getJWTClaimsSet();
		assertThat(claims.getSubject()).isEqualTo(this.ada.handle());
		assertThat(claims.getStringClaim("sid")).isEqualTo(made.at("/id").asString());
		assertThat(claims.getBooleanClaim("key")).isTrue();
		assertThat(claims.getClaims()).doesNotContainKey("session_exp");
		PROGRESS.reader(this.ada.handle(), token).get("").assertStatus(200);
		PROGRESS.anonymous().withToken(secret).get(this.ada.path()).assertProblem(401, "unauthenticated");
		String usedAt = this.ada.get("/keys").at("/items/0/lastUsedAt").asString();
		assertThat(usedAt).isNotBlank();
		exchange(secret).assertStatus(200);
		this.ada.get("/keys").assertMember("/items/0/lastUsedAt", usedAt);
		assertThat(storedText()).doesNotContain(secret);
	}

	@Test
	void revokedKeyEndsTokensAndStreams() {
		TestApiResponse made = create("Program");
		String secret = made.at("/secret").asString();
		TestReader program = withKey(secret);
		TestReader other = withKey(create("Other").at("/secret").asString());
		StepVerifier
			.create(program.events(null).map(SseEvent::text).takeUntil((text) -> text.contains("\"signed-out\"")))
			.expectNextCount(1)
			.then(() -> this.ada.delete("/keys/" + made.at("/id").asString()).assertStatus(204))
			.thenConsumeWhile((_) -> true)
			.expectComplete()
			.verify(HANG_LIMIT);

		program.get("").assertProblem(401, "unauthenticated");
		exchange(secret).assertProblem(401, "unauthenticated");
		this.ada.delete("/keys/" + made.at("/id").asString()).assertProblem(404, "not-found");
		this.ada.delete("/keys/nonsense").assertProblem(404, "not-found");
		other.get("").assertStatus(200);
		assertThat(this.ada.get("/keys").at("/items").size()).isOne();
		TestProgress.awaitTrue(PROGRESS.database(),
				"select count(*) = 1 from revocation where session = '" + made.at("/id").asString() + "'");
	}

	@ParameterizedTest
	@CsvSource({ "POST, /keys", "POST, /%6Beys", "DELETE, /keys/5f1c2f0e-0c63-4a0e-8d3b-7d1f3c9a0b11",
			"DELETE, /tokens", "DELETE, /sessions/5f1c2f0e-0c63-4a0e-8d3b-7d1f3c9a0b11", "PUT, /roles", "DELETE, ''" })
	void keyCannotChangeTheAccount(String method, String path) {
		TestReader program = withKey(create("Program").at("/secret").asString());
		program.client()
			.ifMatch("*")
			.send(HttpMethod.valueOf(method), this.ada.path() + path, "{\"name\":\"another\",\"roles\":[]}")
			.blockOptional(HANG_LIMIT)
			.orElseThrow()
			.assertProblem(403, "key-not-allowed");
		assertThat(program.get("/keys").assertStatus(200).at("/items").size()).isOne();
	}

	@Test
	void keyCanChangeNameButNeitherPasswordNorSignOut() {
		TestApiClient program = withKey(create("Program").at("/secret").asString()).client().ifMatch("*");
		program.patch(this.ada.path(), "{\"name\":\"Ada L.\"}").assertStatus(200);
		program.patch(this.ada.path(), "{\"password\":\"long enough\",\"currentPassword\":\"x\"}")
			.assertProblem(403, "key-not-allowed");
		program.delete("/api/v1/tokens/current").assertProblem(403, "key-not-allowed");
		program.post("/api/v1/tokens").assertProblem(401, "unauthenticated");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"name\":\"\"}", "{\"name\":\"a\\u0000\"}", "{\"name\":5}",
			"{\"name\":\"01234567890123456789012345678901234567890123456789"
					+ "01234567890123456789012345678901234567890123456789+\"}" })
	void nameIsRequired(String json) {
		this.ada.post("/keys", json).assertInvalidMember("/name");
	}

	@Test
	void unknownMemberIsRejected() {
		this.ada.post("/keys", "{\"name\":\"a\",\"secret\":\"mine\"}").assertInvalidMember("/secret");
	}

	@Test
	void readerHasFiftyKeysAtMostAlsoIfTheyAreMadeAtOnce() {
		PROGRESS.database()
			.sql("insert into access_key (reader, name, digest, md5_digest, created_at) select '" + this.ada.handle()
					+ "', 'n', sha256(('" + this.ada.handle() + "' || n)::bytea), '', now()"
					+ " from generate_series(1, 49) as n")
			.then()
			.block(HANG_LIMIT);

		List<Integer> statuses = Flux.range(0, 4)
			.flatMap((_) -> this.ada.client().send(HttpMethod.POST, this.ada.path() + "/keys", "{\"name\":\"n\"}"))
			.map(TestApiResponse::status)
			.collectList()
			.blockOptional(HANG_LIMIT)
			.orElseThrow();

		assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409);
		this.ada.post("/keys", "{\"name\":\"n\"}").assertProblem(409, "too-many-keys");
		assertThat(this.ada.client().getAllItems(this.ada.path() + "/keys?limit=20")).hasSize(50);
	}

	@Test
	void wrongKeysAreLimitedForAddressAndRightOnesAreNot() {
		TestApiClient address = PROGRESS.anonymous().with("X-Forwarded-For", "192.0.2.200");
		String secret = create("Program").at("/secret").asString();
		exchange(address, secret).assertStatus(200);
		Stream.generate(UUID::randomUUID)
			.limit(20)
			.forEach((wrong) -> exchange(address, wrong.toString()).assertProblem(401, "unauthenticated"));
		assertThat(exchange(address, "aaaabbbbccccdddd").assertProblem(429, "too-many-attempts")
			.header(HttpHeaders.RETRY_AFTER)).isNotBlank();
		exchange(address, secret).assertStatus(200);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void securityEventsNameTheReaderAndNoSecret(CapturedOutput output) {
		TestApiResponse made = create("Program");
		this.ada.delete("/keys/" + made.at("/id").asString()).assertStatus(204);
		exchange(made.at("/secret").asString()).assertStatus(401);
		assertThat(output).contains("key-created reader=" + this.ada.handle() + " ",
				"key-revoked reader=" + this.ada.handle() + " ", "key-refused reader=- ");
		assertThat(output).doesNotContain(made.at("/secret").asString());
	}

	private TestApiResponse create(String name) {
		return this.ada.post("/keys", "{\"name\":\"" + name + "\"}").assertStatus(201);
	}

	private static TestApiResponse exchange(String secret) {
		return exchange(PROGRESS.anonymous().with("X-Forwarded-For", "192.0.2.201"), secret);
	}

	private static TestApiResponse exchange(TestApiClient client, String secret) {
		return client.post("/internal/key-tokens", "{\"key\":\"" + secret + "\"}");
	}

	private TestReader withKey(String secret) {
		return PROGRESS.reader(this.ada.handle(), exchange(secret).assertStatus(200).at("/accessToken").asString());
	}

	private String storedText() {
		return PROGRESS.database()
			.sql("select string_agg(k::text, '') as stored from access_key k where reader = :reader")
			.bind("reader", this.ada.handle())
			.map((row) -> String.valueOf(row.get("stored", String.class)))
			.one()
			.blockOptional(HANG_LIMIT)
			.orElseThrow();
	}

}
