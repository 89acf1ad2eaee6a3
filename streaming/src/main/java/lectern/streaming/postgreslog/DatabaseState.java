package lectern.streaming.postgreslog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * What a service needs to know of its database before it migrates the schema.
 *
 * @param version the version of the server, such as {@code 18.6}
 * @param versionNumber the same as a number, such as 180006
 * @param encoding the encoding of the database
 * @param readOnly whether it accepts no writes, for example because it is a standby
 * @param creatable whether the role may create tables, schemas and extensions
 * @param disabled the durability settings that are off, such as {@code fsync=off},
 * separated by commas; null if all are on
 */
record DatabaseState(String version, int versionNumber, String encoding, boolean readOnly, boolean creatable,
		@Nullable String disabled) {

	/** Extensions that PostgreSQL trusts need the right to create in the database. */
	private static final String QUERY = """
			select split_part(current_setting('server_version'), ' ', 1),
			  current_setting('server_version_num')::int,
			  current_setting('server_encoding'),
			  pg_is_in_recovery() or current_setting('transaction_read_only')::boolean,
			  coalesce(has_schema_privilege(current_schema(), 'create'), false)
			    and has_database_privilege(current_database(), 'create'),
			  (select string_agg(name || '=off', ', ' order by name) from pg_settings
			    where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off')
			""";

	private static final int QUERY_SECONDS = 10;

	static final int MIN_VERSION = 18;

	static DatabaseState read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setQueryTimeout(QUERY_SECONDS);
			try (ResultSet row = statement.executeQuery(QUERY)) {
				row.next();
				return new DatabaseState(row.getString(1), row.getInt(2), row.getString(3), row.getBoolean(4),
						row.getBoolean(5), row.getString(6));
			}
		}
	}

	/**
	 * Find the first reason why the service cannot use it.
	 * @param allowDataLoss whether it may lose acknowledged writes
	 * @return to be read after the name of the database; null if there is none
	 */
	@Nullable String fault(boolean allowDataLoss) {
		if (this.versionNumber < MIN_VERSION * 10_000) {
			return "is in PostgreSQL " + this.version + ": PostgreSQL " + MIN_VERSION + " or newer is needed";
		}
		if (!this.encoding.equals("UTF8")) {
			return "has the encoding " + this.encoding + ": create it with the encoding UTF8";
		}
		if (this.readOnly) {
			return "accepts no writes: use the primary server";
		}
		if (!this.creatable) {
			return "does not let its user create tables and extensions: make the user the owner of the database";
		}
		if (this.disabled != null && !allowDataLoss) {
			return "loses acknowledged writes in a crash (" + this.disabled
					+ "): turn that on in PostgreSQL, or set lectern.database.allow-data-loss to true";
		}
		return null;
	}

}
