package lectern.bench.peer;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database of a Lectern that the bench has started, entered by the back door. */
public final class LecternDatabase {

	private static final String DURABILITY = """
			select split_part(version(), ' on ', 1) || ': ' ||
			       string_agg(name || '=' || setting, ', ' order by name)
			from pg_settings
			where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'data_checksums')
			""";

	private final LecternProcess lectern;

	LecternDatabase(LecternProcess lectern) {
		this.lectern = lectern;
	}

	/** Its version and what it does for durability. */
	public String durability() throws IOException {
		return value("catalog", DURABILITY);
	}

	/**
	 * Add readers without the work of hashing a password each: nobody signs in to them.
	 * @return the signer of their tokens
	 */
	public TokenSigner addReaders(int many) throws IOException {
		try (Connection connection = connect("progress"); PreparedStatement insert = connection.prepareStatement("""
				insert into account (reader, name, password_hash, roles)
				select 'bench-' || n, 'Reader ' || n, 'none', '{}' from generate_series(0, ? - 1) as n
				""")) {
			insert.setInt(1, many);
			insert.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
		return TokenSigner.of(value("progress", "select jwk from signing_key"));
	}

	/** The handle of a reader that was added. */
	public static String reader(int index) {
		return "bench-" + index;
	}

	/** The events there are in the log of progress-service. */
	public long events() throws IOException {
		return Long.parseLong(value("progress", "select position from log_head"));
	}

	/** What the last report of a position is stored as. */
	public String lastReport() throws IOException {
		return value("progress",
				"select data::text from event where type = 'position-reported' order by position desc limit 1");
	}

	void execute(String database, String statements) throws IOException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			statement.execute(statements);
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	private String value(String database, String query) throws IOException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(query)) {
			result.next();
			return result.getString(1);
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	private Connection connect(String name) throws IOException, SQLException {
		String url = "jdbc:postgresql://127.0.0.1:" + (this.lectern.port() + 3) + "/" + name;
		return DriverManager.getConnection(url, name, this.lectern.databasePassword(name));
	}

}
