package lectern.launcher;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes from the files of the databases what was deleted or changed in their tables:
 * PostgreSQL keeps old rows in tables and indexes until they are overwritten, values of
 * them in its statistics, and all changes in its write-ahead log. Meanwhile requests that
 * need a table that is being rewritten wait or fail.
 */
final class DatabasePurge {

	/** Each switch takes a moment; a checkpoint takes longer. */
	private static final int SWITCHES_PER_CHECKPOINT = 4;

	private static final int MAX_CHECKPOINTS = 500;

	/** A minute. */
	private static final int MAX_ARCHIVE_WAITS = 600;

	private final Databases databases;

	DatabasePurge(Databases databases) {
		this.databases = databases;
	}

	/** Purge the databases of all services. */
	void run() throws IOException, SQLException {
		deleteRecordsOfErasedCurators();
		for (String name : Databases.NAMES) {
			try (Connection connection = connect(name)) {
				rewriteTables(connection);
			}
		}
		try (Connection connection = connect(PostgresCluster.SUPERUSER)) {
			replaceWriteAheadLog(connection);
		}
	}

	/** Return how many erasures of readers are not complete; they need a later purge. */
	int countUnfinishedErasures() throws IOException, SQLException {
		try (Connection connection = connect("progress")) {
			return Integer.parseInt(queryValues(connection, "select count(*) from erasure").getFirst());
		}
	}

	/** A rewrite may take longer than a connection usually waits. */
	private Connection connect(String database) throws IOException, SQLException {
		Connection connection = this.databases.connect(PostgresCluster.SUPERUSER, database);
		connection.setNetworkTimeout(Runnable::run, 0);
		return connection;
	}

	/**
	 * The catalog keeps responses for curators for a week, and does not know who was
	 * erased.
	 */
	private void deleteRecordsOfErasedCurators() throws IOException, SQLException {
		try (Connection catalog = connect("catalog"); Connection progress = connect("progress")) {
			Set<String> erased = new HashSet<>(queryValues(catalog, "select distinct reader from idempotency_record"));
			queryValues(progress, "select reader from account").forEach(erased::remove);
			try (PreparedStatement delete = catalog
				.prepareStatement("delete from idempotency_record where reader = any(?)")) {
				delete.setArray(1, catalog.createArrayOf("text", erased.toArray()));
				delete.execute();
			}
		}
	}

	/**
	 * The statistics are deleted because those of a table that has become empty are never
	 * replaced. A row that a running transaction may still see would be kept.
	 */
	private static void rewriteTables(Connection connection) throws SQLException {
		execute(connection, "delete from pg_statistic");
		awaitRunningTransactions(connection);
		execute(connection, "vacuum (full)");
		execute(connection, "analyze");
	}

	private static void awaitRunningTransactions(Connection connection) throws SQLException {
		String now = queryValues(connection, "select pg_current_xact_id()").getFirst();
		String ended = "select pg_snapshot_xmin(pg_current_snapshot()) > '" + now + "'::xid8, pg_sleep(0.05)";
		boolean waiting = true;
		while (waiting) {
			waiting = !queryValues(connection, ended).getFirst().equals("t");
		}
	}

	/**
	 * PostgreSQL usually renames old files of its log and overwrites them later; here
	 * they are deleted instead, and all that exist are replaced.
	 */
	private static void replaceWriteAheadLog(Connection connection) throws SQLException {
		execute(connection, "alter system set wal_recycle = off");
		// New files are not filled with zeros first.
		execute(connection, "alter system set wal_init_zero = off");
		try {
			execute(connection, "select pg_reload_conf()");
			// The process that deletes the files reads the setting before a checkpoint.
			execute(connection, "select pg_sleep(0.2)");
			execute(connection, "checkpoint");
			Set<String> remaining = new HashSet<>(walFiles(connection));
			for (int count = 0; count < MAX_CHECKPOINTS && !remaining.isEmpty(); count++) {
				for (int file = 0; file < SWITCHES_PER_CHECKPOINT; file++) {
					execute(connection, "select pg_logical_emit_message(false, '', '')");
					execute(connection, "select pg_switch_wal()");
				}
				awaitArchived(connection);
				execute(connection, "checkpoint");
				remaining.retainAll(walFiles(connection));
			}
			if (!remaining.isEmpty()) {
				throw new SQLException("files of the write-ahead log are in use, such as " + remaining.iterator().next()
						+ "; a replication slot may need them");
			}
		}
		finally {
			execute(connection, "alter system reset wal_recycle");
			execute(connection, "alter system reset wal_init_zero");
			execute(connection, "select pg_reload_conf()");
		}
	}

	/** A file that is not yet copied to the backups is kept. */
	private static void awaitArchived(Connection connection) throws SQLException {
		String waiting = "select name from pg_ls_archive_statusdir() where name like '%.ready'";
		for (int count = 0; count < MAX_ARCHIVE_WAITS; count++) {
			if (queryValues(connection, waiting).isEmpty()) {
				return;
			}
			execute(connection, "select pg_sleep(0.1)");
		}
		throw new SQLException("the write-ahead log is not copied to the backups");
	}

	/** Not the marks of backups, which have nothing of readers. */
	private static List<String> walFiles(Connection connection) throws SQLException {
		return queryValues(connection, "select name from pg_ls_waldir() where name !~ '[.](backup|history)$'");
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static List<String> queryValues(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
			List<String> values = new ArrayList<>();
			while (rows.next()) {
				values.add(rows.getString(1));
			}
			return values;
		}
	}

}
