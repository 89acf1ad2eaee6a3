package lectern.progress;

import lectern.streaming.postgreslog.TestPostgres;
import org.flywaydb.core.Flyway;

/**
 * Databases for tests with the schema of this service. The migrations run once for all
 * tests of a JVM; each database is a copy of the result.
 */
public final class TestDatabase {

	private TestDatabase() {
	}

	/**
	 * Create a database with the schema of the service and no content.
	 * @return its URL in the form of {@link TestPostgres#database()}
	 */
	public static String create() {
		return TestPostgres.copyOf(Template.URL);
	}

	/** Run the migrations of the service on a database. */
	public static void migrate(String url) {
		Flyway.configure().dataSource("jdbc:" + url, "postgres", "any").load().migrate();
	}

	private static final class Template {

		private static final String URL = migrated();

		private static String migrated() {
			String url = TestPostgres.database();
			migrate(url);
			return url;
		}

	}

}
