package lectern.catalog;

import java.util.Properties;

import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.TestTokens;

/**
 * Starts the catalog alone, for development: with an empty database of an embedded
 * PostgreSQL, and with tokens of a test key. System properties and arguments override
 * both.
 */
final class TestCatalogApplication {

	private TestCatalogApplication() {
	}

	/** Run until stopped. */
	public static void main(String[] args) {
		Properties properties = System.getProperties();
		properties.putIfAbsent("lectern.database.url", TestPostgres.database());
		properties.putIfAbsent("lectern.database.user", "postgres");
		properties.putIfAbsent("lectern.progress.url", TestTokens.url());
		CatalogApplication.main(args);
		System.out.println("Token of a curator, valid for 30 minutes: " + TestTokens.curator());
	}

}
