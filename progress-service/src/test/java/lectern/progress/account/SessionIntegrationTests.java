package lectern.progress.account;

import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.nimbusds.jwt.SignedJWT;
import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestSigningKey;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.BodyInserters;

import static lectern.progress.account.TestAccounts.get;
import static lectern.progress.account.TestAccounts.session;
import static lectern.progress.account.TestAccounts.signedIn;
import static lectern.progress.account.TestAccounts.token;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What a reader does with sessions: list, renew and end them. */
class SessionIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private static final String CURRENT = "/api/v1/tokens/current";

	private static final Duration EXPIRED = Duration.ofSeconds(-120);

	@Test
	void listShowsSessionsAndMarksTheCurrentOne() {
		TestReader ada = signedIn(PROGRESS, "session-list");
		String phone = token(PROGRESS.anonymous()
			.with(HttpHeaders.USER_AGENT, "Phone/1.0")
			.post("/api/v1/tokens", "{\"reader\":\"session-list\",\"password\":\"" + TestAccounts.PASSWORD + "\"}"));
		TestReader onPhone = PROGRESS.reader("session-list", phone);

		TestApiResponse list = onPhone.get("/sessions").assertStatus(200);

		assertThat(list.at("/items").valueStream().map((each) -> each.path("id").asString()))
			.containsExactlyInAnyOrder(session(ada.token()), session(phone));
		assertThat(list.at("/items").valueStream().filter((each) -> each.path("current").asBoolean())).singleElement()
			.satisfies((current) -> {
				assertThat(current.path("client").asString()).isEqualTo("Phone/1.0");
				assertThat(current.path("id").asString()).isEqualTo(session(phone));
				assertThat(current.path("createdAt").asString()).isEqualTo(current.path("renewedAt").asString());
			});
		assertThat(onPhone.client().getAllItems(onPhone.path() + "/sessions?limit=1")).hasSize(2);
		ada.get("/sessions?page=bm90aGluZw").assertStatus(400);
		ada.get("/sessions?order=id").assertStatus(400);
	}

	@Test
	void signOutEndsItsSessionAlone() {
		TestReader here = signedIn(PROGRESS, "sign-out");
		TestReader elsewhere = PROGRESS.reader("sign-out", token(PROGRESS, "sign-out"));

		TestApiResponse signedOut = here.client().delete(CURRENT).assertStatus(204);

		assertThat(signedOut.header(HttpHeaders.SET_COOKIE)).startsWith("lectern-token=;").contains("Max-Age=0");
		here.get("").assertProblem(401, "unauthenticated");
		here.client().delete(CURRENT).assertProblem(401, "unauthenticated");
		here.client().post("/api/v1/tokens").assertProblem(401, "unauthenticated");
		elsewhere.get("").assertStatus(200);
		assertThat(elsewhere.get("/sessions").at("/items").size()).isOne();
	}

	@Test
	void signOutEverywhereEndsAllSessionsOfTheReader() {
		TestReader here = signedIn(PROGRESS, "sign-out-all");
		TestReader elsewhere = PROGRESS.reader("sign-out-all", token(PROGRESS, "sign-out-all"));
		TestReader other = signedIn(PROGRESS, "sign-out-none");

		here.delete("/tokens").assertStatus(204);

		here.get("").assertProblem(401, "unauthenticated");
		elsewhere.get("").assertProblem(401, "unauthenticated");
		other.get("").assertStatus(200);
		other.client().delete(here.path() + "/tokens").assertProblem(403, "forbidden");
	}

	@Test
	void endsAnotherSessionOfTheSameReaderOnly() {
		TestReader here = signedIn(PROGRESS, "end-session");
		TestReader elsewhere = PROGRESS.reader("end-session", token(PROGRESS, "end-session"));
		TestReader other = signedIn(PROGRESS, "end-no-session");

		here.delete("/sessions/" + session(other.token())).assertProblem(404, "not-found");
		here.delete("/sessions/" + UUID.randomUUID()).assertProblem(404, "not-found");
		here.delete("/sessions/nonsense").assertProblem(404, "not-found");
		here.delete("/sessions/" + session(elsewhere.token())).assertStatus(204);

		elsewhere.get("").assertProblem(401, "unauthenticated");
		here.get("").assertStatus(200);
		other.get("").assertStatus(200);
	}

	@Test
	void tokenIsRenewedWithRolesOfNowEvenIfItHasExpired() throws ParseException {
		TestReader ada = signedIn(PROGRESS, "renewal");
		String session = session(ada.token());
		String expired = PROGRESS.signingKey().signForSession("renewal", session, EXPIRED);
		PROGRESS.database()
			.sql("update account set roles = '{curator}' where reader = 'renewal'")
			.then()
			.block(HANG_LIMIT);
		get(PROGRESS, ada.path(), expired).assertProblem(401, "unauthenticated");

		for (TestApiResponse renewed : List.of(PROGRESS.anonymous().withToken(expired).post("/api/v1/tokens"),
				PROGRESS.anonymous().withToken(expired).post("/api/v1/tokens", "{}"),
				PROGRESS.anonymous()
					.with(HttpHeaders.COOKIE, "lectern-token=" + expired)
					.with("Sec-Fetch-Site", "same-origin")
					.post("/api/v1/tokens"),
				ada.client().post("/api/v1/tokens"))) {
			assertThat(renewed.assertStatus(200).header(HttpHeaders.SET_COOKIE)).startsWith("lectern-token=ey")
				.containsPattern("Max-Age=2591\\d{3};");
			String token = token(renewed);
			assertThat(session(token)).isEqualTo(session);
			assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringListClaim("roles")).containsExactly("curator");
			assertThat(get(PROGRESS, ada.path() + "/sessions", token).at("/items").size()).isOne();
		}
	}

	@Test
	void signInEndsTheOldestOfTooManySessions() {
		TestReader oldest = signedIn(PROGRESS, "many-sessions");
		TestReader recent = PROGRESS.reader("many-sessions", token(PROGRESS, "many-sessions"));
		PROGRESS.database().sql("""
				insert into session (reader, client, created_at, renewed_at, expires_at)
				select reader, client, created_at, renewed_at + interval '1 minute', expires_at
				from session, generate_series(1, 98) where id = :id
				""").bind("id", UUID.fromString(session(recent.token()))).then().block(HANG_LIMIT);
		oldest.get("").assertStatus(200);

		token(PROGRESS, "many-sessions");

		oldest.get("").assertProblem(401, "unauthenticated");
		recent.get("").assertStatus(200);
		assertThat(recent.client().getAllItems(recent.path() + "/sessions?limit=200")).hasSize(100);
	}

	/** As a proxy sends a request of which it does not know whether it has content. */
	@Test
	void chunkedRequestWithoutContentRenews() {
		TestReader ada = signedIn(PROGRESS, "chunked-renewal");
		assertThat(ada.client()
			.request(HttpMethod.POST, "/api/v1/tokens")
			.body(BodyInserters.fromDataBuffers(Flux.<DataBuffer>empty()))
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
			.block(HANG_LIMIT)).isEqualTo(200);
		ada.client()
			.contentType("text/plain")
			.post("/api/v1/tokens", "password")
			.assertProblem(415, "unsupported-media-type");
	}

	@Test
	void onlyTokensOfLiveSessionsAreRenewed() {
		String handle = "no-renewal";
		TestReader ada = signedIn(PROGRESS, handle);
		TestSigningKey key = PROGRESS.signingKey();
		Stream
			.of(key.sign(handle), key.signForSession(handle, UUID.randomUUID().toString(), EXPIRED),
					key.signForSession(handle, "nonsense", EXPIRED),
					TestSigningKey.generate(key.id()).signForSession(handle, session(ada.token()), EXPIRED), "a.b.c")
			.forEach((token) -> PROGRESS.anonymous()
				.withToken(token)
				.post("/api/v1/tokens")
				.assertProblem(401, "unauthenticated")
				.assertHeader(HttpHeaders.SET_COOKIE, null));
		PROGRESS.anonymous().post("/api/v1/tokens").assertProblem(401, "unauthenticated");
		PROGRESS.database()
			.sql("update session set expires_at = now() - interval '1 second' where reader = '" + handle + "'")
			.then()
			.block(HANG_LIMIT);
		ada.client().post("/api/v1/tokens").assertProblem(401, "unauthenticated");
	}

	@Test
	void tokenOfNoSessionCannotBeSignedOut() {
		PROGRESS.newReader().client().delete(CURRENT).assertProblem(403, "forbidden");
	}

}
