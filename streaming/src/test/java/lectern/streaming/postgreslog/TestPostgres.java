package lectern.streaming.postgreslog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL for tests, one for all the tests of a JVM, with a database of its own
 * for each who asks. Its durability is off: tests that need it start Lectern whole.
 */
public final class TestPostgres {

	private static final AtomicInteger databases = new AtomicInteger();

	private TestPostgres() {
	}

	/**
	 * A fresh, empty database.
	 * @return its URL without a scheme in front, as LECTERN_DATABASE_URL has it; the user
	 * is {@code postgres}, with any password
	 */
	public static String database() {
		String name = "test_" + databases.incrementAndGet();
		try (Connection connection = SharedServer.RUNNING.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("PostgreSQL for tests does not answer", ex);
		}
		return "postgresql://127.0.0.1:" + SharedServer.RUNNING.getPort() + "/" + name;
	}

	/** Started when first needed, stopped with the JVM. */
	private static final class SharedServer {

		private static final EmbeddedPostgres RUNNING = start();

		private static EmbeddedPostgres start() {
			try {
				return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException("PostgreSQL for tests did not start", ex);
			}
		}

	}

}
