package lectern.progress;

import java.util.Properties;

import lectern.streaming.postgreslog.TestPostgres;

/**
 * Starts progress-service alone, for development: with an empty database of an embedded
 * PostgreSQL and a known password of the account {@code admin}. System properties and
 * arguments override both.
 */
final class TestProgressApplication {

	private TestProgressApplication() {
	}

	/** Run until stopped. */
	public static void main(String[] args) {
		Properties properties = System.getProperties();
		properties.putIfAbsent("lectern.database.url", TestPostgres.database());
		properties.putIfAbsent("lectern.database.user", "postgres");
		properties.putIfAbsent("lectern.progress.admin-password", "admin-password");
		ProgressApplication.main(args);
	}

}
