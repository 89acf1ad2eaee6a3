package lectern.progress.account;

import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import lectern.progress.TestProgress;
import lectern.web.TestApiClient;
import lectern.web.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The service with the tokens of an issuer outside of Lectern. */
class OutsideIssuerIntegrationTests {

	private static final String READERS = "/api/v1/readers/";

	private static TestIssuer issuer;

	private static TestProgress progress;

	@BeforeAll
	static void start() {
		issuer = TestIssuer.start();
		progress = TestProgress.shared()
			.startPeer("lectern.tokens.oidc.issuer=" + issuer.url(),
					"lectern.tokens.oidc.roles-claim=realm_access.roles");
	}

	@AfterAll
	static void stop() {
		progress.close();
		issuer.close();
	}

	@Test
	void firstRequestCreatesTheAccount() {
		TestApiClient grace = progress.anonymous().withToken(issuer.token("grace"));
		grace.get(READERS + "grace")
			.assertStatus(200)
			.assertMember("/reader", "grace")
			.assertMember("/name", "Grace H.");
		grace.get(READERS + "grace/readings").assertStatus(200);
		grace.get(READERS + "ada").assertProblem(403, "forbidden");
		progress.anonymous().withToken(issuer.token("grace", "operator")).get(READERS + "grace").assertStatus(200);
	}

	@Test
	void handleThatNobodyCanRegisterGetsNoAccount() {
		for (String handle : List.of("root", "Grace", "g")) {
			progress.anonymous()
				.withToken(issuer.token(handle))
				.get(READERS + handle)
				.assertProblem(401, "unauthenticated");
		}
	}

	@Test
	void rejectsTokensThatTheIssuerDidNotSignForLectern() {
		Stream.of(progress.signingKey().sign("ada"), issuer.token(JWSAlgorithm.HS256, (_) -> {
		}), issuer.token(JWSAlgorithm.RS256, (claims) -> claims.audience("account")),
				issuer.token(JWSAlgorithm.RS256, (claims) -> claims.issuer("lectern")),
				issuer.token(JWSAlgorithm.RS256, (claims) -> claims.expirationTime(null)))
			.forEach((token) -> progress.anonymous()
				.withToken(token)
				.get(READERS + "grace")
				.assertProblem(401, "unauthenticated"));
	}

	@Test
	void whatTheIssuerReplacesNamesTheIssuer() {
		TestApiClient grace = progress.anonymous().withToken(issuer.token("grace"));
		Stream
			.of(grace.post("/api/v1/tokens", "{\"reader\":\"grace\",\"password\":\"correct horse\"}"),
					progress.anonymous().post("/api/v1/readers", "{}"), grace.delete("/api/v1/tokens/current"),
					grace.get(READERS + "grace/sessions"), grace.delete(READERS + "grace/tokens"))
			.forEach((response) -> assertThat(response.assertProblem(404, "sign-in-elsewhere").text())
				.contains(issuer.url()));
	}

}
