package lectern.progress.account;

import lectern.progress.TestProgress;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static lectern.progress.account.TestAccounts.PASSWORD;
import static lectern.progress.account.TestAccounts.get;
import static lectern.progress.account.TestAccounts.register;
import static lectern.progress.account.TestAccounts.signIn;
import static lectern.progress.account.TestAccounts.token;
import static org.assertj.core.api.Assertions.assertThat;

class RegistrationIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	@Test
	void registersReaderWithoutExposingSecrets() {
		String expected = "{\"reader\":\"ada-1815\",\"name\":\"Reader ada-1815\",\"roles\":[]}";
		TestApiResponse registered = register(PROGRESS, "ada-1815").assertStatus(201)
			.assertHeader("Location", "/api/v1/readers/ada-1815");
		assertThat(registered.text()).isEqualTo(expected);
		TestApiResponse account = get(PROGRESS, "/api/v1/readers/ada-1815", token(PROGRESS, "ada-1815"));
		account.assertStatus(200).assertMember("/reader", "ada-1815").assertMember("/name", "Reader ada-1815");
		assertThat(account.json().propertyNames()).containsExactlyInAnyOrder("reader", "name", "roles", "policy",
				"version", "createdAt");
	}

	@Test
	void handleIsRegisteredWithoutCaseAndSpaces() {
		register(PROGRESS, " Full-\uff37idth\t", "N", PASSWORD).assertStatus(201)
			.assertMember("/reader", "full-width")
			.assertHeader("Location", "/api/v1/readers/full-width");
		register(PROGRESS, "FULL-WIDTH").assertProblem(409, "handle-taken");
	}

	@Test
	void rejectsVeryLongMembers() {
		register(PROGRESS, "x".repeat(500)).assertInvalidMember("/reader");
		register(PROGRESS, "eve", "N", "y".repeat(10_000)).assertInvalidMember("/password");
	}

	@Test
	void rejectsTakenHandleAndKeepsItsPassword() {
		register(PROGRESS, "grace-hopper").assertStatus(201);
		register(PROGRESS, "grace-hopper", "Another", "another password").assertProblem(409, "handle-taken");
		signIn(PROGRESS, "grace-hopper", PASSWORD).assertStatus(200);
		signIn(PROGRESS, "grace-hopper", "another password").assertStatus(401);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/reader   | {"name":"N","password":"a long secret"}
			/reader   | {"reader":null,"name":"N","password":"a long secret"}
			/reader   | {"reader":"","name":"N","password":"a long secret"}
			/reader   | {"reader":"a","name":"N","password":"a long secret"}
			/reader   | {"reader":"\\u0430da","name":"N","password":"a long secret"}
			/reader   | {"reader":"a/b","name":"N","password":"a long secret"}
			/reader   | {"reader":"a da","name":"N","password":"a long secret"}
			/reader   | {"reader":"\\u0661\\u0662","name":"N","password":"a long secret"}
			/reader   | {"reader":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","name":"N","password":"a long secret"}
			/reader   | {"reader":"admin","name":"N","password":"a long secret"}
			/reader   | {"reader":" Admin","name":"N","password":"a long secret"}
			/reader   | {"reader":"postmaster","name":"N","password":"a long secret"}
			/reader   | {"reader":7,"name":"N","password":"a long secret"}
			/name     | {"reader":"eve","password":"a long secret"}
			/name     | {"reader":"eve","name":"  ","password":"a long secret"}
			/name     | {"reader":"eve","name":"a\\nb","password":"a long secret"}
			/name     | {"reader":"eve","name":"a\\u0000b","password":"a long secret"}
			/name     | {"reader":"eve","name":"a\\ud800","password":"a long secret"}
			/password | {"reader":"eve","name":"N"}
			/password | {"reader":"eve","name":"N","password":"1234567"}
			/password | {"reader":"eve","name":"N","password":12345678}
			/password | {"reader":"eve","name":"N","password":"1234567\\ud800"}
			/password | {"reader":"eve","name":"N","password":"a long\\u0000secret"}
			/password | {"reader":"eve","name":"N","password":"Password1"}
			/roles    | {"reader":"eve","name":"N","password":"a long secret","roles":["curator"]}
			""")
	void invalidMemberIsReportedWithPointer(String pointer, String content) {
		TestApiResponse response = post(content).assertInvalidMember(pointer);
		assertThat(response.at("/errors").size()).isOne();
	}

	@Test
	void everyInvalidMemberIsReportedWithoutThePassword() {
		TestApiResponse response = register(PROGRESS, "E", "n".repeat(101), "secret" + "x".repeat(200));
		assertThat(response.assertProblem(422, "invalid").text()).contains("/reader", "/name", "/password")
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{\"reader\":\"eve\",\"reader\":\"eva\",\"name\":\"N\"}", "{\"reader\":" })
	void rejectsMalformedBody(String content) {
		post(content).assertProblem(400, "malformed");
	}

	@Test
	void acceptsMaximumLengthsWithoutTruncatingPassword() {
		String handle = "z".repeat(40);
		String password = "\uD83D\uDCD6".repeat(199);
		register(PROGRESS, handle, "\uD83D\uDCDA".repeat(100), password + "a").assertStatus(201);
		signIn(PROGRESS, handle, password + "a").assertStatus(200);
		signIn(PROGRESS, handle, password + "b").assertStatus(401);
	}

	private static TestApiResponse post(String content) {
		return PROGRESS.anonymous().post("/api/v1/readers", content);
	}

}
