package lectern.catalog.search;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import lectern.streaming.postgreslog.TestPostgres;
import org.flywaydb.core.Flyway;

/**
 * A migrated database without a service, for tests of its search functions and triggers.
 */
final class SearchDatabase implements AutoCloseable {

	/** Values are transferred as text, because arrays look different otherwise. */
	private final String url = "jdbc:" + TestPostgres.database() + "?binaryTransfer=false";

	private final Connection connection;

	SearchDatabase() throws SQLException {
		migrate();
		this.connection = DriverManager.getConnection(this.url, "postgres", "");
	}

	private void migrate() {
		Flyway.configure().dataSource(this.url, "postgres", "").load().migrate();
	}

	/** Run the search migration again, as if its file had changed. */
	void repeatSearchMigration() throws SQLException {
		execute("update flyway_schema_history set checksum = 0 where description = 'search'");
		migrate();
	}

	/** The rows of a query, the columns of each joined by spaces. */
	List<String> rows(String query, Object... parameters) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(query)) {
			for (int at = 0; at < parameters.length; at++) {
				statement.setObject(at + 1, parameters[at]);
			}
			List<String> rows = new ArrayList<>();
			try (ResultSet result = statement.executeQuery()) {
				int columns = result.getMetaData().getColumnCount();
				while (result.next()) {
					List<String> row = new ArrayList<>();
					for (int column = 1; column <= columns; column++) {
						row.add(String.valueOf(result.getString(column)));
					}
					rows.add(String.join(" ", row));
				}
			}
			return rows;
		}
	}

	/** The one value that a query returns. */
	String value(String query, Object... parameters) throws SQLException {
		return rows(query, parameters).getFirst();
	}

	void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** Insert a book, or replace the one of this id. */
	void putBook(String id, String document) throws SQLException {
		rows("""
				insert into book (id, version, created_at, changed_at, document)
				values (?, 1, now(), now(), ?::json)
				on conflict (id) do update set version = book.version + 1, document = excluded.document
				returning number
				""", id, document);
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
