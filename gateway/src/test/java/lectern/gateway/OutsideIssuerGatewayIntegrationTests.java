package lectern.gateway;

import java.util.List;

import com.nimbusds.jose.JWSAlgorithm;
import lectern.web.TestIssuer;
import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The gateway with the tokens of an issuer outside of Lectern. */
@NullUnmarked
class OutsideIssuerGatewayIntegrationTests extends GatewayFixture {

	private static final TestIssuer ISSUER = TestIssuer.start();

	private static final String PRIVATE_PATH = "/api/v1/readers/ada/readings";

	private static final String OPERATIONS = "/api/v1/operations/events";

	@DynamicPropertySource
	static void issuer(DynamicPropertyRegistry properties) {
		properties.add("lectern.tokens.oidc.issuer", ISSUER::url);
		properties.add("lectern.tokens.oidc.roles-claim", () -> "realm_access.roles");
		properties.add("lectern.tokens.oidc.operators", () -> "ops");
	}

	@AfterAll
	static void stop() {
		ISSUER.close();
	}

	@Test
	void acceptsTokensOfTheIssuerAlone() {
		String reader = ISSUER.token("ada");
		assertThat(status(PRIVATE_PATH, reader)).isEqualTo(200);
		assertThat(status(PRIVATE_PATH, reader)).as("on the short way").isEqualTo(200);
		assertThat(status("/api/v1/readers/ada/events", ISSUER.token("eve"))).isEqualTo(403);
		for (String rejected : List.of(TestTokens.reader(), ISSUER.token("Ada"),
				ISSUER.token(JWSAlgorithm.HS256, (_) -> {
				}))) {
			assertThat(status(PRIVATE_PATH, rejected)).isEqualTo(401);
		}
	}

	@Test
	void claimOfTheIssuerMakesOperators() {
		assertThat(status(OPERATIONS, ISSUER.token("ada", "ops"))).isEqualTo(200);
		assertThat(status(OPERATIONS, ISSUER.token("ada", "operator"))).isEqualTo(403);
	}

	private int status(String path, String token) {
		return plainClient().headers((headers) -> headers.set("Authorization", "Bearer " + token))
			.get()
			.uri(path)
			.response()
			.blockOptional(HANG_LIMIT)
			.orElseThrow()
			.status()
			.code();
	}

}
