package lectern.catalog;

import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.TestApiClient;
import lectern.web.TestIssuer;
import lectern.web.TestTokens;
import org.junit.jupiter.api.Test;

/** The service with the tokens of an issuer outside of Lectern. */
class OutsideIssuerCatalogIntegrationTests {

	@Test
	void claimOfTheIssuerMakesCurators() {
		try (TestIssuer issuer = TestIssuer.start();
				RunningCatalog catalog = RunningCatalog.start(TestPostgres.database(),
						"lectern.tokens.oidc.issuer=" + issuer.url(),
						"lectern.tokens.oidc.roles-claim=realm_access.roles",
						"lectern.tokens.oidc.curators=librarian, editor")) {
			TestApiClient anonymous = catalog.anonymous();
			anonymous.withToken(issuer.token("grace", "editor")).get("/imports").assertStatus(200);
			anonymous.withToken(issuer.token("grace", "curator")).get("/imports").assertProblem(403, "forbidden");
			anonymous.withToken(TestTokens.curator()).get("/imports").assertProblem(401, "unauthenticated");
			anonymous.withToken(TestTokens.curator()).get("/books").assertStatus(200);
		}
	}

}
