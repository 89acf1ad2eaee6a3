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
			/name     | {"reader":"eve","name":"\\u200b\\u2060","password":"a long secret"}
			/name     | {"reader":"eve","name":"\\u3164","password":"a long secret"}
			/name     | {"reader":"eve","name":"nimda\\u202e","password":"a long secret"}
			/name     | {"reader":"eve","name":"a\\u2028b","password":"a long secret"}
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

	@ParameterizedTest
	@ValueSource(strings = { "Zo\u00eb", "\u0416\u0435\u043d\u044f", "\u0639\u0628\u062f \u0627\u0644\u0644\u0647",
			"\u05d3\u05d5\u05d3 Smith", "\u674e\u5a1c", "\u0928\u093e\u0930\u093e\u092f\u0923\u200d",
			"\ud83d\udc69\u200d\ud83d\ude80", "\u2068\u05d3\u05d5\u05d3\u2069 3" })
	void acceptsNamesOfAllScripts(String name) {
		register(PROGRESS, "named-" + Integer.toHexString(name.hashCode()), name, PASSWORD).assertStatus(201)
			.assertMember("/name", name);
	}

	private static TestApiResponse post(String content) {
		return PROGRESS.anonymous().post("/api/v1/readers", content);
	}

}
