package lectern.streaming.postgreslog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL server for tests: one server per JVM, a new database per call. Its
 * durability settings are off; tests that need durability start the whole of Lectern.
 */
public final class TestPostgres {

	static {
		// Services refuse such a server otherwise.
		System.setProperty("lectern.database.allow-data-loss", "true");
	}

	private static final AtomicInteger databases = new AtomicInteger();

	private TestPostgres() {
	}

	/**
	 * Create an empty database.
	 * @return its URL without the {@code jdbc:} or {@code r2dbc:} prefix; the user is
	 * {@code postgres}, with any password
	 */
	public static String database() {
		return create("");
	}

	/**
	 * Create a database with the schema and the content of another, which must have no
	 * connections.
	 * @param url of the other database, in the form that {@link #database()} returns
	 */
	public static String copyOf(String url) {
		return create(" template " + url.substring(url.lastIndexOf('/') + 1));
	}

	private static String create(String options) {
		String name = "test_" + databases.incrementAndGet();
		try (Connection connection = SharedServer.RUNNING.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name + options);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The test database could not be created", ex);
		}
		return "postgresql://127.0.0.1:" + SharedServer.RUNNING.getPort() + "/" + name;
	}

	/** Starts the server at the first use; it stops with the JVM. */
	private static final class SharedServer {

		private static final EmbeddedPostgres RUNNING = start();

		private static EmbeddedPostgres start() {
			try {
				return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException("PostgreSQL for tests could not be started", ex);
			}
		}

	}

}
