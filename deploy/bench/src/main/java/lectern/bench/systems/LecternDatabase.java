package lectern.bench.systems;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.IntStream;

import lectern.bench.dataset.GeneratedBooks;

/** Direct access to the database of a Lectern that the bench has started. */
public final class LecternDatabase {

	private static final String DURABILITY_QUERY = """
			select split_part(version(), ' on ', 1) || ': ' ||
			       string_agg(name || '=' || setting, ', ' order by name)
			from pg_settings
			where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'data_checksums')
			""";

	/** Returns the position of the first event. */
	private static final String INSERT_READING = """
			with parameters (reader, stream, events) as (values (?::text, ?::text, ?::int)),
			head as (
			    update log_head set position = position + events,
			        received_at = clock_timestamp() + events * interval '1 microsecond'
			    from parameters returning position - events as before, clock_timestamp() as began),
			added as (
			    insert into event (position, stream, version, reader, type, book, occurred_at, received_at, data)
			    select before + n, stream, n, reader,
			        case n when 1 then 'reading-started' else 'position-reported' end, 'fluent-python',
			        began + n * interval '1 microsecond', began + n * interval '1 microsecond',
			        case n when 1 then jsonb_build_object('reader', reader,
			            'book', '{"id":"fluent-python","title":"Fluent Python","authors":["Luciano Ramalho"]}'::jsonb,
			            'occurredAt', to_char(began at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
			        else jsonb_build_object('position', jsonb_build_object('fraction', n / 1000000.0, 'page', n % 1000,
			            'chapter', 'Chapter 7', 'device', '{"id":"bench","name":"Bench"}'::jsonb,
			            'occurredAt', to_char((began + n * interval '1 microsecond') at time zone 'UTC',
			                'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
			            'moved', true, 'furthest', true) end
			    from parameters, head, generate_series(1, events) as n
			    returning position)
			select min(position) from added
			""";

	/** Adds the members that the catalog adds to the content of a book. */
	private static final String INSERT_BOOKS = """
			insert into book (id, version, created_at, changed_at, document)
			select id, 1, written, written, format('{"id":"%s",%s,"version":1,"createdAt":"%s","changedAt":"%3$s"}', id,
			    substr(content, 2, length(content) - 2), to_char(written at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::json
			from now() as written, unnest(?::text[], ?::text[]) as added (id, content)
			""";

	private static final int BATCH_SIZE = 1_000;

	private final LecternProcess lectern;

	LecternDatabase(LecternProcess lectern) {
		this.lectern = lectern;
	}

	/** Return the version of PostgreSQL and its durability settings. */
	public String durability() throws IOException {
		return queryValue("catalog", DURABILITY_QUERY);
	}

	/**
	 * Add readers without password hashes, which would take long to compute and are not
	 * needed: their tokens are signed by the bench.
	 * @return the signer of their tokens
	 */
	public TokenSigner addReaders(int count) throws IOException {
		try (Connection connection = connect("progress"); PreparedStatement insert = connection.prepareStatement("""
				insert into account (reader, name, password_hash, roles)
				select 'bench-' || n, 'Reader ' || n, 'none', '{}' from generate_series(0, ? - 1) as n
				""")) {
			insert.setInt(1, count);
			insert.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
		return TokenSigner.of(queryValue("progress", "select jwk from signing_key"));
	}

	/**
	 * Add generated books to the catalog in the form in which it stores them, but without
	 * events: followers of the catalog do not get these books.
	 */
	public void addBooks(int count) throws IOException {
		try (Connection connection = connect("catalog");
				PreparedStatement insert = connection.prepareStatement(INSERT_BOOKS)) {
			for (int first = 1; first <= count; first += BATCH_SIZE) {
				int last = Math.min(first + BATCH_SIZE - 1, count);
				insert.setArray(1, connection.createArrayOf("text",
						IntStream.rangeClosed(first, last).mapToObj(GeneratedBooks::id).toArray()));
				insert.setArray(2, connection.createArrayOf("text",
						IntStream.rangeClosed(first, last).mapToObj(GeneratedBooks::document).toArray()));
				insert.executeUpdate();
			}
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
		execute("catalog", "vacuum analyze");
	}

	/** Return the handle of an added reader. */
	public static String readerHandle(int index) {
		return "bench-" + index;
	}

	/** Return the number of events in the log of progress-service. */
	public long eventCount() throws IOException {
		return Long.parseLong(queryValue("progress", "select position from log_head"));
	}

	/**
	 * Add a reading with many position reports to the log, at intervals of 1 µs.
	 * @param events the number of events, including the start of the reading
	 * @return the position in the log before its first event
	 */
	public long addReading(String reader, UUID reading, int events) throws IOException {
		try (Connection connection = connect("progress");
				PreparedStatement insert = connection.prepareStatement(INSERT_READING)) {
			insert.setString(1, reader);
			insert.setString(2, reading.toString());
			insert.setInt(3, events);
			try (ResultSet first = insert.executeQuery()) {
				first.next();
				return first.getLong(1) - 1;
			}
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	/** Return whether the read models of readings have processed all events. */
	public boolean currentReadingIsUpToDate() throws IOException {
		return "t".equals(queryValue("progress", """
				select (select position from projection where name = 'current-reading') = position
				    and (select count(*) from event where version % 100 = 0)
				        = all (select count(*) from reading_snapshot union all
				               select count(document) from timeline_segment)
				from log_head
				"""));
	}

	/** Return the names of all projections of progress-service, separated by commas. */
	public String projectionNames() throws IOException {
		return queryValue("progress", "select string_agg(name, ', ' order by name) from projection");
	}

	/** Return whether all projections have processed all events. */
	public boolean projectionsAreUpToDate() throws IOException {
		return "t".equals(queryValue("progress", """
				select (select count(*) = 3 and min(position) = max(log_head.position) from projection
				        where name in ('current-reading', 'reading-time', 'activity'))
				    and (select count(*) from event where version % 100 = 0)
				        = all (select count(*) from reading_snapshot union all
				               select count(document) from timeline_segment)
				from log_head
				"""));
	}

	/** Delete the content and the checkpoints of all projections. */
	public void dropProjections() throws IOException {
		execute("progress", """
				delete from projection
				where name in ('current-reading', 'reading-time', 'activity', 'reading-snapshot', 'timeline');
				truncate current_reading, reading_snapshot, timeline, timeline_segment, reading_time, finished_reading,
				    activity, activity_reader
				""");
	}

	/** Return the cursor of a position in the log of progress-service. */
	public String cursor(long position) throws IOException {
		return queryValue("progress", "select epoch from log_head") + "-"
				+ Long.toString(position, Character.MAX_RADIX);
	}

	/** Return a reader of the event rows of one reader, bypassing the service. */
	public EventRowReader eventRowReader(String reader) throws IOException {
		return EventRowReader.connect(this.lectern.port() + 3, this.lectern.databasePassword("progress"), reader);
	}

	/** Return the stored data of the last position report, as JSON. */
	public String lastReportData() throws IOException {
		return queryValue("progress",
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

	private String queryValue(String database, String query) throws IOException {
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

	/** Return the tables that an import writes. */
	public CatalogTables catalogTables() throws IOException {
		try {
			return new CatalogTables(connect("catalog"));
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
