package lectern.progress.reader;

import lectern.streaming.postgres.TestPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static lectern.progress.reader.RunningProgress.refused;
import static org.assertj.core.api.Assertions.assertThat;

/** What outlives a start, and what each start does. */
class RestartIntegrationTests {

	private static final String ADMIN = "/api/v1/readers/admin";

	@Test
	void aTokenOutlivesARestart() {
		String database = TestPostgres.database();
		String token;
		try (RunningProgress before = RunningProgress.start(database)) {
			before.register("ada").expectStatus().isCreated().expectBody();
			token = before.token("ada");
		}
		try (RunningProgress after = RunningProgress.start(database)) {
			after.get("/api/v1/readers/ada", token).expectStatus().isOk().expectBody();
		}
	}

	@Test
	void instancesThatRunSideBySideHaveOneKey() {
		String database = TestPostgres.database();
		try (RunningProgress one = RunningProgress.start(database);
				RunningProgress other = RunningProgress.start(database)) {
			one.register("ada").expectStatus().isCreated().expectBody();
			other.get("/api/v1/readers/ada", one.token("ada")).expectStatus().isOk().expectBody();
			one.get("/api/v1/readers/ada", other.token("ada")).expectStatus().isOk().expectBody();
			assertThat(keys(one)).isEqualTo(keys(other));
		}
	}

	private static String keys(RunningProgress progress) {
		return progress.client.get()
			.uri("/.well-known/jwks.json")
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	@Test
	void theAdminHasThePasswordOfTheLatestStartThatBroughtOne() {
		String database = TestPostgres.database();
		try (RunningProgress without = RunningProgress.start(database)) {
			refused(without.signIn("admin", "admin"), 401, "sign-in-refused");
		}
		try (RunningProgress first = RunningProgress.start(database, "lectern.progress.admin-password=open sesame")) {
			first.get(ADMIN, RunningProgress.token(first.signIn("admin", "open sesame")))
				.expectHeader()
				.valueMatches(HttpHeaders.CONTENT_TYPE, "application/json.*")
				.expectBody()
				.json("{\"reader\":\"admin\",\"name\":\"Administrator\",\"roles\":[\"curator\",\"operator\"]}");
		}
		try (RunningProgress changed = RunningProgress.start(database,
				"lectern.progress.admin-password=another sesame")) {
			changed.signIn("admin", "another sesame").expectStatus().isOk().expectBody();
			refused(changed.signIn("admin", "open sesame"), 401, "sign-in-refused");
		}
		try (RunningProgress without = RunningProgress.start(database)) {
			without.signIn("admin", "another sesame").expectStatus().isOk().expectBody();
		}
	}

}
