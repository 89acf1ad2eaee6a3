package lectern.progress.eventlog.torture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import lectern.streaming.postgreslog.TestPostgres;

/** An open transaction in another database of the same PostgreSQL server. */
final class LongTransaction implements AutoCloseable {

	private final Connection connection = TortureDatabase.connect(TestPostgres.database());

	private final long id;

	LongTransaction() throws SQLException {
		this.connection.setAutoCommit(false);
		this.id = currentId();
	}

	/** Whether the transaction is still the same one. */
	boolean isOpen() throws SQLException {
		return currentId() == this.id;
	}

	private long currentId() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("select pg_current_xact_id()::text::bigint")) {
			row.next();
			return row.getLong(1);
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
