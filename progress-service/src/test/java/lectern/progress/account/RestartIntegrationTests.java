package lectern.progress.account;

import lectern.progress.TestProgress;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static lectern.progress.account.TestAccounts.get;
import static lectern.progress.account.TestAccounts.register;
import static lectern.progress.account.TestAccounts.signIn;
import static lectern.progress.account.TestAccounts.token;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that starts on a database in use: what it keeps and what its settings
 * change.
 */
class RestartIntegrationTests {

	private static final String READER = "restart-reader";

	private static final String PATH = "/api/v1/readers/" + READER;

	private static TestProgress earlier;

	private static TestProgress later;

	private static TestApiResponse adminSignInBefore;

	private static String tokenBefore;

	@BeforeAll
	static void start() {
		earlier = TestProgress.shared();
		register(earlier, READER).assertStatus(201);
		tokenBefore = token(earlier, READER);
		adminSignInBefore = signIn(earlier, "admin", "admin");
		later = earlier.startPeer("lectern.progress.admin-password=open sesame, please",
				"lectern.progress.registration=false");
	}

	@AfterAll
	static void stop() {
		later.close();
	}

	@Test
	void tokenIsValidOnInstanceStartedLater() {
		get(later, PATH, tokenBefore).assertStatus(200);
	}

	@Test
	void instancesShareOneSigningKey() {
		get(earlier, PATH, token(later, READER)).assertStatus(200);
		assertThat(keys(later)).isEqualTo(keys(earlier));
	}

	private static String keys(TestProgress progress) {
		return progress.anonymous().get("/.well-known/jwks.json").assertStatus(200).text();
	}

	@Test
	void adminAccountIsCreatedOnceAPasswordIsConfigured() {
		adminSignInBefore.assertProblem(401, "sign-in-refused");
		get(later, "/api/v1/readers/admin", token(signIn(later, "admin", "open sesame, please"))).assertStatus(200)
			.assertHeader("Content-Type", "application/json")
			.assertMember("/reader", "admin")
			.assertMember("/name", "Administrator")
			.assertMember("/roles", new String[] { "curator", "operator" });
	}

	@Test
	void registrationCanBeDisabled() {
		register(later, "late-reader").assertProblem(403, "registration-closed");
	}

}
