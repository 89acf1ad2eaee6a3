package lectern.progress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import lectern.streaming.postgreslog.TestPostgres;
import lectern.web.TestApiResponse;

/**
 * A service whose erasures are complete at once, with a list of erasures, and with the
 * events of a crowd in minutes that are over. There is a backup from before all erasures.
 */
public final class ErasingProgress {

	/**
	 * The book "crowded" has nine readers, among them lea-quits and interrupted, the book
	 * "small" five, each with an event in both of two minutes.
	 */
	private static final String CROWD = """
			with seed as (
			    select minute, book, number,
			        case number when 1 then 'lea-quits' when 2 then 'interrupted' else 'crowd-' || number end as reader,
			        row_number() over (order by minute, book, number) as position
			    from generate_series(1, 9) as number, generate_series(0, 1) as minute,
			        (values ('crowded', 9), ('small', 5)) as books (book, readers)
			    where number <= readers)
			insert into event (position, stream, version, reader, type, book, occurred_at, received_at, data)
			select position, gen_random_uuid(), 1, reader, 'reading-started', book, at, at,
			    jsonb_build_object('reader', reader, 'occurredAt', '2026-01-01T10:00:00Z',
			        'book', jsonb_build_object('id', book, 'title', book, 'authors', '[]'::jsonb))
			from seed, lateral (select timestamptz '2026-01-01 10:00:00Z' + minute * interval '1 minute' as at) as time
			""";

	private static final String PASSWORD = "correct horse battery";

	private static final Path FOLDER = createFolder();

	private ErasingProgress() {
	}

	/** The instance that all tests of this JVM share; nobody closes it. */
	public static TestProgress shared() {
		return Shared.INSTANCE;
	}

	/** Start an instance on the backup. */
	public static TestProgress startBackup() {
		return startOn(Shared.BACKUP);
	}

	/** The file with the list of erasures of both instances. */
	public static Path list() {
		return FOLDER.resolve("erasures.txt");
	}

	/** Connect to the database of the shared instance, past it. */
	public static Connection connect() throws SQLException {
		return DriverManager.getConnection("jdbc:" + Shared.DATABASE, "postgres", "any");
	}

	/** Register a reader of the shared instance. */
	public static TestApiResponse register(String handle) {
		return shared().anonymous()
			.post("/api/v1/readers",
					"{\"reader\":\"%s\",\"name\":\"Ada\",\"password\":\"%s\"}".formatted(handle, PASSWORD));
	}

	/** Register a reader of the shared instance, and sign in. */
	public static TestReader signedIn(String handle) {
		register(handle).assertStatus(201);
		String token = shared().anonymous()
			.post("/api/v1/tokens", "{\"reader\":\"%s\",\"password\":\"%s\"}".formatted(handle, PASSWORD))
			.assertStatus(200)
			.at("/accessToken")
			.asString();
		return shared().reader(handle, token);
	}

	private static TestProgress startOn(String url) {
		return TestProgress.startOn(url, "lectern.progress.erasure.folder=" + FOLDER,
				"lectern.progress.erasure.handle-retention=0s");
	}

	private static Path createFolder() {
		try {
			return Files.createTempDirectory("erasures");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void execute(String url, String... statements) {
		try (Connection connection = DriverManager.getConnection("jdbc:" + url, "postgres", "any");
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Shared {

		private static final String BACKUP = createBackup();

		private static final String DATABASE = createDatabase();

		private static final TestProgress INSTANCE = startOn(DATABASE);

		private static String createBackup() {
			String url = TestDatabase.create();
			execute(url, CROWD, "update log_head set position = (select max(position) from event)", """
					insert into account (reader, name, password_hash, roles)
					select distinct reader, 'Name of ' || reader, 'none', '{}'::text[] from event
					""");
			return url;
		}

		/** The erasure of one reader was interrupted after the account was deleted. */
		private static String createDatabase() {
			String url = TestPostgres.copyOf(BACKUP);
			execute(url, """
					insert into erasure (reader, id, position)
					select reader, erasure_id, (select position from log_head) from account where reader = 'interrupted'
					""", "delete from account where reader = 'interrupted'");
			return url;
		}

	}

}
