package lectern.progress.account;

import java.util.Map;

import lectern.streaming.postgreslog.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.json.JsonCompareMode;

import static lectern.progress.account.ProgressInstance.PASSWORD;
import static lectern.progress.account.ProgressInstance.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

class RegistrationIntegrationTests {

	private static ProgressInstance progress;

	@BeforeAll
	static void start() {
		progress = ProgressInstance.start(TestPostgres.database());
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void registersReaderWithoutExposingSecrets() {
		progress.register("ada-1815")
			.expectStatus()
			.isCreated()
			.expectHeader()
			.location("/api/v1/readers/ada-1815")
			.expectBody(String.class)
			.value((body) -> assertThat(body)
				.isEqualTo("{\"reader\":\"ada-1815\",\"name\":\"Reader ada-1815\",\"roles\":[]}"));
		progress.get("/api/v1/readers/ada-1815", progress.token("ada-1815"))
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{\"reader\":\"ada-1815\",\"name\":\"Reader ada-1815\",\"roles\":[]}", JsonCompareMode.STRICT);
	}

	@Test
	void rejectsTakenHandleAndKeepsItsPassword() {
		progress.register("grace").expectStatus().isCreated().expectBody();
		assertProblem(
				progress.post("/api/v1/readers",
						Map.of("reader", "grace", "name", "Another", "password", "another password")),
				409, "handle-taken");
		progress.signIn("grace", PASSWORD).expectStatus().isOk().expectBody();
		progress.signIn("grace", "another password").expectStatus().isUnauthorized().expectBody();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/reader   | {"name":"N","password":"12345678"}
			/reader   | {"reader":null,"name":"N","password":"12345678"}
			/reader   | {"reader":"","name":"N","password":"12345678"}
			/reader   | {"reader":"a","name":"N","password":"12345678"}
			/reader   | {"reader":"Ada","name":"N","password":"12345678"}
			/reader   | {"reader":"a/b","name":"N","password":"12345678"}
			/reader   | {"reader":"ada ","name":"N","password":"12345678"}
			/reader   | {"reader":"\\u0661\\u0662","name":"N","password":"12345678"}
			/reader   | {"reader":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","name":"N","password":"12345678"}
			/reader   | {"reader":"admin","name":"N","password":"12345678"}
			/reader   | {"reader":7,"name":"N","password":"12345678"}
			/name     | {"reader":"eve","password":"12345678"}
			/name     | {"reader":"eve","name":"  ","password":"12345678"}
			/name     | {"reader":"eve","name":"a\\nb","password":"12345678"}
			/name     | {"reader":"eve","name":"a\\u0000b","password":"12345678"}
			/name     | {"reader":"eve","name":"a\\ud800","password":"12345678"}
			/password | {"reader":"eve","name":"N"}
			/password | {"reader":"eve","name":"N","password":"1234567"}
			/password | {"reader":"eve","name":"N","password":12345678}
			/password | {"reader":"eve","name":"N","password":"1234567\\ud800"}
			/roles    | {"reader":"eve","name":"N","password":"12345678","roles":["curator"]}
			""")
	void invalidMemberIsReportedWithPointer(String pointer, String content) {
		progress.post("/api/v1/readers", content)
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/invalid")
			.jsonPath("$.errors.length()")
			.isEqualTo(1)
			.jsonPath("$.errors[0].pointer")
			.isEqualTo(pointer);
	}

	@Test
	void everyInvalidMemberIsReportedWithoutThePassword() {
		progress
			.post("/api/v1/readers",
					Map.of("reader", "E", "name", "n".repeat(101), "password", "secret" + "x".repeat(200)))
			.expectStatus()
			.isEqualTo(422)
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("/reader", "/name", "/password").doesNotContain("secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{\"reader\":\"eve\",\"reader\":\"eva\",\"name\":\"N\"}", "{\"reader\":" })
	void rejectsMalformedBody(String content) {
		assertProblem(progress.post("/api/v1/readers", content), 400, "malformed");
	}

	@Test
	void acceptsMaximumLengthsWithoutTruncatingPassword() {
		String handle = "z".repeat(40);
		String password = "\uD83D\uDCD6".repeat(199);
		progress
			.post("/api/v1/readers",
					Map.of("reader", handle, "name", "\uD83D\uDCDA".repeat(100), "password", password + "a"))
			.expectStatus()
			.isCreated()
			.expectBody();
		progress.signIn(handle, password + "a").expectStatus().isOk().expectBody();
		progress.signIn(handle, password + "b").expectStatus().isUnauthorized().expectBody();
	}

	@Test
	void registrationCanBeDisabled() {
		try (ProgressInstance closed = ProgressInstance.start(TestPostgres.database(),
				"lectern.progress.registration=false")) {
			assertProblem(closed.register("ada"), 403, "registration-closed");
		}
	}

}
