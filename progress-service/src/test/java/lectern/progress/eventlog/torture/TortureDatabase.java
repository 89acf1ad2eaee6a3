package lectern.progress.eventlog.torture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import lectern.streaming.postgreslog.TestPostgres;
import org.flywaydb.core.Flyway;

/** The database of a torture run, accessed independently of all nodes. */
final class TortureDatabase implements AutoCloseable {

	/** The prefix of the application names of the connections of writers. */
	static final String WRITER_PREFIX = "writer-";

	private static final String PLAIN_SEQUENCE = """
			create table epoch_of_log as select epoch from log_head;
			drop table log_head;
			create sequence log_position start 1000 increment 1000;
			create view log_head as
			    select epoch, (select last_value from log_position) as position, clock_timestamp() as received_at
			    from epoch_of_log;
			create function assign_position() returns trigger language plpgsql as $$
			    begin
			        if new.position > old.position then
			            new.position = nextval('log_position');
			        end if;
			        return new;
			    end $$;
			create trigger assign_position instead of update on log_head for each row execute function assign_position()
			""";

	private final String url = TestPostgres.database();

	private final Connection connection = connect(this.url);

	/** Create a database with the schema of the service. */
	TortureDatabase() {
		Flyway.configure().dataSource("jdbc:" + this.url, "postgres", "any").load().migrate();
	}

	/**
	 * Create a database whose positions come from a sequence, a thousand for each append,
	 * so that appends do not wait for each other.
	 */
	static TortureDatabase withPlainSequence() throws SQLException {
		TortureDatabase database = new TortureDatabase();
		try (Statement statement = database.connection.createStatement()) {
			statement.execute(PLAIN_SEQUENCE);
		}
		return database;
	}

	static Connection connect(String url) {
		try {
			return DriverManager.getConnection("jdbc:" + url, "postgres", "any");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The URL without a scheme. */
	String url() {
		return this.url;
	}

	/** Every committed event, in the order of the log. */
	List<ObservedEvent> committed() throws SQLException {
		List<ObservedEvent> committed = new ArrayList<>();
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery("""
				select position, stream, version, received_at, data->>'text' from event order by position
				""")) {
			while (row.next()) {
				committed.add(new ObservedEvent(row.getLong(1), row.getString(2), row.getInt(3),
						row.getObject(4, OffsetDateTime.class).toInstant(), row.getString(5)));
			}
		}
		return committed;
	}

	/** The position of the last event that is committed. */
	long lastPosition() throws SQLException {
		return queryNumber("select coalesce(max(position), 0) from event");
	}

	/** The position in the head of the log. */
	long headPosition() throws SQLException {
		return queryNumber("select position from log_head");
	}

	/** How long the oldest transaction in this database has been open. */
	Duration oldestTransaction() throws SQLException {
		return Duration.ofMillis(queryNumber("""
				select coalesce(extract(epoch from max(clock_timestamp() - xact_start)) * 1000, 0)::bigint
				from pg_stat_activity
				where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
				"""));
	}

	/** Whether a process has reserved positions and is idle in its transaction. */
	boolean holdsHead(String process) throws SQLException {
		return queryNumber("""
				select count(*) from pg_stat_activity
				where application_name = ? and state = 'idle in transaction' and backend_xid is not null
				""", process) > 0;
	}

	/** Whether any writer is connected. */
	boolean hasWriters() throws SQLException {
		return queryNumber("""
				select count(*) from pg_stat_activity
				where datname = current_database() and starts_with(application_name, ?)
				""", WRITER_PREFIX) > 0;
	}

	/**
	 * Terminate the connections that listen for notifications.
	 * @return the number of terminated connections
	 */
	int terminateListeningConnections() throws SQLException {
		return (int) queryNumber("""
				select count(pg_terminate_backend(pid)) from pg_stat_activity
				where datname = current_database() and starts_with(query, 'listen ')
				""");
	}

	private synchronized long queryNumber(String sql, String... parameters) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			for (int at = 0; at < parameters.length; at++) {
				statement.setString(at + 1, parameters[at]);
			}
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
