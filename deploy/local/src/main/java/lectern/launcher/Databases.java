package lectern.launcher;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * The databases of the services: one for each, owned by a role of the same name, which
 * cannot connect to any other database.
 */
final class Databases {

	static final List<String> NAMES = List.of("catalog", "progress");

	private final int port;

	private final Secrets secrets;

	Databases(int port, Secrets secrets) {
		this.port = port;
		this.secrets = secrets;
	}

	/**
	 * Create missing roles and databases, and set the password of each role to the one
	 * stored in the data folder.
	 */
	void create() throws IOException, SQLException {
		try (Connection connection = connect(PostgresCluster.SUPERUSER, PostgresCluster.SUPERUSER)) {
			for (String name : NAMES) {
				create(connection, name);
			}
		}
	}

	private void create(Connection connection, String name) throws IOException, SQLException {
		// The password contains only letters, digits, - and _: it needs no quoting.
		String password = this.secrets.databasePassword(name);
		try (Statement statement = connection.createStatement()) {
			boolean roleExists = exists(connection, "select 1 from pg_roles where rolname = ?", name);
			statement
				.execute((roleExists ? "alter" : "create") + " role " + name + " login password '" + password + "'");
			if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
				statement.execute("create database " + name + " owner " + name);
			}
			statement.execute("revoke connect on database " + name + " from public");
		}
	}

	private static boolean exists(Connection connection, String query, String name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(query)) {
			statement.setString(1, name);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next();
			}
		}
	}

	/** Connect to a database as a role, with the password stored in the data folder. */
	Connection connect(String role, String database) throws IOException, SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", role);
		properties.setProperty("password", this.secrets.databasePassword(role));
		properties.setProperty("connectTimeout", "5");
		properties.setProperty("socketTimeout", "30");
		return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + this.port + "/" + database, properties);
	}

}
