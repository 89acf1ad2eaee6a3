package lectern.bench.systems;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Direct access to the tables that an import writes: exports the imported rows to files
 * and loads them again with COPY.
 */
public final class CatalogTables implements AutoCloseable {

	/** In the order of their foreign keys: referenced tables first. */
	private static final List<String> TABLES = List.of("book", "book_fingerprint", "change");

	private static final int BUFFER_BYTES = 1 << 16;

	private static final int FETCH_SIZE = 1000;

	private final Connection connection;

	private final Path folder;

	CatalogTables(Connection connection) throws IOException {
		this.connection = connection;
		this.folder = Files.createTempDirectory("lectern-bench-rows");
	}

	/** Delete all rows. */
	public void clear() throws IOException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("truncate " + String.join(", ", TABLES));
			// All tables: the triggers of book have truncated those of search, too.
			statement.execute("vacuum analyze");
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * Check the number of books.
	 * @throws IOException if it is not the expected one
	 */
	public void requireBookCount(int expected) throws IOException {
		try (Statement statement = this.connection.createStatement();
				ResultSet count = statement.executeQuery("select count(*) from book")) {
			count.next();
			if (count.getInt(1) != expected) {
				throw new IOException("There are " + count.getInt(1) + " books instead of " + expected);
			}
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	/** Write all rows to files in the text format of COPY. */
	public void exportRows() throws IOException {
		try {
			this.connection.setAutoCommit(false);
			for (String table : TABLES) {
				exportRows(table);
			}
			this.connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	private void exportRows(String table) throws IOException, SQLException {
		String row = columns(table, "concat(%s)", ", chr(9), ",
				"coalesce(replace(replace(replace(%I::text, '\\', '\\\\'), chr(9), '\\t'), chr(10), '\\n'), '\\N')");
		try (Statement statement = this.connection.createStatement();
				BufferedWriter file = Files.newBufferedWriter(this.folder.resolve(table))) {
			statement.setFetchSize(FETCH_SIZE);
			try (ResultSet rows = statement.executeQuery("select " + row + " from " + table)) {
				while (rows.next()) {
					file.write(rows.getString(1));
					file.write('\n');
				}
			}
		}
	}

	/**
	 * Return a list of the columns of a table that are not generated.
	 * @param listFormat the format of the whole list
	 * @param separator the text between two columns
	 * @param columnFormat the format of one column, for PostgreSQL's format function
	 */
	private String columns(String table, String listFormat, String separator, String columnFormat) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement("""
				select string_agg(format(?, column_name), ? order by ordinal_position) from information_schema.columns
				where table_schema = 'public' and table_name = ? and is_generated = 'NEVER'
				""")) {
			statement.setString(1, columnFormat);
			statement.setString(2, separator);
			statement.setString(3, table);
			try (ResultSet columns = statement.executeQuery()) {
				columns.next();
				return listFormat.formatted(columns.getString(1));
			}
		}
	}

	/**
	 * Copy the rows from the files into the tables, in one transaction.
	 * @return the time it took
	 */
	public Duration copyRows() throws IOException {
		try {
			long began = System.nanoTime();
			this.connection.setAutoCommit(false);
			for (String table : TABLES) {
				copyRows(table);
			}
			this.connection.commit();
			this.connection.setAutoCommit(true);
			return Duration.ofNanos(System.nanoTime() - began);
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	private void copyRows(String table) throws IOException, SQLException {
		CopyIn copy = this.connection.unwrap(PGConnection.class)
			.getCopyAPI()
			.copyIn("copy " + table + columns(table, " (%s)", ", ", "%I") + " from stdin");
		try (InputStream file = Files.newInputStream(this.folder.resolve(table))) {
			byte[] bytes = new byte[BUFFER_BYTES];
			for (int read = file.read(bytes); read >= 0; read = file.read(bytes)) {
				copy.writeToCopy(bytes, 0, read);
			}
		}
		copy.endCopy();
	}

	@Override
	public void close() throws IOException {
		ChildProcesses.deleteFolder(this.folder);
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

}
