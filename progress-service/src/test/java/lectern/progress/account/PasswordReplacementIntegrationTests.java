package lectern.progress.account;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;

import static lectern.progress.account.TestAccounts.PASSWORD;
import static lectern.progress.account.TestAccounts.inSession;
import static lectern.progress.account.TestAccounts.signIn;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** New passwords: by the reader who knows the current one, and by an operator. */
class PasswordReplacementIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private static final String NEXT = "another horse battery";

	private static TestReader ada;

	private static TestApiClient client;

	@BeforeAll
	static void signInAda() {
		String handle = "credential-changer";
		TestAccounts.register(PROGRESS, handle).assertStatus(201);
		ada = inSession(PROGRESS, PROGRESS.reader(handle));
		client = ada.client().ifMatch("*").with("X-Forwarded-For", "192.0.2.210");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void newPasswordEndsAllSessions(CapturedOutput output) {
		client.patch(ada.path(), passwords(NEXT, "not the password"))
			.assertProblem(403, "current-password-refused")
			.assertMember("/errors/0/pointer", "/currentPassword");
		ada.get("").assertStatus(200).assertVersion(1);

		TestApiResponse changed = client.patch(ada.path(), passwords(NEXT, PASSWORD)).assertStatus(200);

		changed.assertVersion(2);
		assertThat(changed.header(HttpHeaders.SET_COOKIE)).startsWith("lectern-token=;").contains("Max-Age=0");
		assertThat(changed.text()).doesNotContain(NEXT, "assword");
		Awaitility.await().atMost(HANG_LIMIT).until(() -> ada.get("").status() == 401);
		signIn(PROGRESS, ada.handle(), NEXT).assertStatus(200);

		String reset = PROGRESS.management()
			.post("/actuator/accounts/" + ada.handle() + "/password", "{\"value\":\"\"}")
			.assertStatus(200)
			.text()
			.strip();
		assertThat(reset).hasSize(24);
		signIn(PROGRESS, ada.handle(), reset).assertStatus(200);
		assertThat(output)
			.contains("sign-in-refused reader=credential-changer", "password-changed reader=credential-changer",
					"password-reset reader=credential-changer")
			.doesNotContain(NEXT, PASSWORD, reset);
	}

	@Test
	void allFaultsOfPasswordsAndProfileAreNamed() {
		TestReader reader = PROGRESS.newReader();
		TestApiResponse rejected = reader.client()
			.ifMatch("*")
			.patch(reader.path(), "{\"password\":\"short\",\"policy\":\"nearest\"}")
			.assertInvalidMember("/password");
		assertThat(rejected.at("/errors").valueStream().map((error) -> error.path("pointer").asString()))
			.containsExactly("/password", "/currentPassword", "/policy");
		reader.client()
			.ifMatch("*")
			.patch(reader.path(), "{\"password\":5,\"currentPassword\":null}")
			.assertMember("/errors/0/detail", "must be text")
			.assertMember("/errors/1/detail", "is missing");
		reader.client().patch(reader.path(), passwords(NEXT, PASSWORD)).assertProblem(428, "precondition-required");
		assertThat(PROGRESS.management()
			.post("/actuator/accounts/" + reader.handle() + "/password", "{\"value\":\"12345678\"}")
			.assertStatus(422)
			.text()).startsWith("The password is one of the most common");
	}

	private static String passwords(String next, String current) {
		return "{\"password\":\"%s\",\"currentPassword\":\"%s\"}".formatted(next, current);
	}

}
