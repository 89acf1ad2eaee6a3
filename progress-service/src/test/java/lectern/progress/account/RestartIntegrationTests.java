package lectern.progress.account;

import lectern.streaming.postgreslog.TestPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static lectern.progress.account.ProgressInstance.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/** What outlives a start, and what each start does. */
class RestartIntegrationTests {

	private static final String ADMIN = "/api/v1/readers/admin";

	@Test
	void tokenIsValidAfterRestart() {
		String database = TestPostgres.database();
		String token;
		try (ProgressInstance before = ProgressInstance.start(database)) {
			before.register("ada").expectStatus().isCreated().expectBody();
			token = before.token("ada");
		}
		try (ProgressInstance after = ProgressInstance.start(database)) {
			after.get("/api/v1/readers/ada", token).expectStatus().isOk().expectBody();
		}
	}

	@Test
	void instancesShareOneSigningKey() {
		String database = TestPostgres.database();
		try (ProgressInstance one = ProgressInstance.start(database);
				ProgressInstance other = ProgressInstance.start(database)) {
			one.register("ada").expectStatus().isCreated().expectBody();
			other.get("/api/v1/readers/ada", one.token("ada")).expectStatus().isOk().expectBody();
			one.get("/api/v1/readers/ada", other.token("ada")).expectStatus().isOk().expectBody();
			assertThat(keys(one)).isEqualTo(keys(other));
		}
	}

	private static String keys(ProgressInstance progress) {
		return progress.client.get()
			.uri("/.well-known/jwks.json")
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	@Test
	void adminPasswordIsThatOfLatestConfiguredStart() {
		String database = TestPostgres.database();
		try (ProgressInstance without = ProgressInstance.start(database)) {
			assertProblem(without.signIn("admin", "admin"), 401, "sign-in-refused");
		}
		try (ProgressInstance first = ProgressInstance.start(database, "lectern.progress.admin-password=open sesame")) {
			first.get(ADMIN, ProgressInstance.token(first.signIn("admin", "open sesame")))
				.expectHeader()
				.valueMatches(HttpHeaders.CONTENT_TYPE, "application/json.*")
				.expectBody()
				.json("{\"reader\":\"admin\",\"name\":\"Administrator\",\"roles\":[\"curator\",\"operator\"]}");
		}
		try (ProgressInstance changed = ProgressInstance.start(database,
				"lectern.progress.admin-password=another sesame")) {
			changed.signIn("admin", "another sesame").expectStatus().isOk().expectBody();
			assertProblem(changed.signIn("admin", "open sesame"), 401, "sign-in-refused");
		}
		try (ProgressInstance without = ProgressInstance.start(database)) {
			without.signIn("admin", "another sesame").expectStatus().isOk().expectBody();
		}
	}

}
