package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import lectern.acceptance.RecordingStreamClient.ReceivedFrame;
import lectern.acceptance.distribution.StartedCommand;
import lectern.launcher.LoneDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.HttpHeaders;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The databases move to a new, empty cluster with {@code deploy/postgres/copy-database},
 * as {@code docs/deployment.md} describes for the next major version of PostgreSQL. Both
 * clusters are of the version that Lectern contains, since there is no newer one.
 */
@EnabledIf(value = "isEnabled", disabledReason = "It runs with -Pproof, and if there is psql")
@Timeout(900)
class PostgresMoveAcceptanceTests {

	private static final String KEY = "sent-before-the-move";

	private static final int REPORTS = 200;

	@TempDir
	private Path folder;

	private ReaderClient reader;

	private String reading;

	/** The cursors that clients have stored, and the events that they have not seen. */
	private String catalogCursor;

	private String readerCursor;

	private String missedBook;

	private String missedReport;

	static boolean isEnabled() {
		return TestScale.isFull() && Files.isExecutable(Path.of("/usr/bin/psql"));
	}

	@Test
	void clientsContinueWithTheirCursorsOnTheNewCluster() throws Exception {
		Path old = this.folder.toRealPath().resolve("old");
		Path fresh = this.folder.toRealPath().resolve("fresh");
		try (LecternInstance lectern = LecternInstance.start(old)) {
			write(lectern);
		}
		LecternInstance.start(fresh).close();

		copyBothDatabases(old, fresh);

		try (LecternInstance lectern = LecternInstance.start(fresh)) {
			assertClientsContinue(lectern);
			lectern.assertNoBlockingCallAndNoLeak();
		}
	}

	private void write(LecternInstance lectern) {
		this.reader = new ReaderClient(lectern);
		CuratorClient curator = new CuratorClient(lectern);
		this.reading = this.reader.startReading("fluent-python");
		IntStream.range(0, REPORTS).forEach((i) -> this.reader.reportPosition(this.reading, i / 1000.0));
		this.catalogCursor = curator.saveBook("escaped", "A \\N \\. \\t ü");
		this.missedBook = curator.saveBook("missed", "Missed");
		this.readerCursor = this.reader.reportPosition(this.reading, 0.5);
		this.missedReport = report(this.reader, false);
	}

	private String report(ReaderClient from, boolean replayed) {
		HttpHeaders headers = from.client()
			.post()
			.uri("/api/v1/readers/{reader}/readings/{reading}/positions", from.handle(), this.reading)
			.header("Idempotency-Key", KEY)
			.bodyValue(Map.of("fraction", 0.75))
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Void.class)
			.getResponseHeaders();
		assertThat(headers.getOrEmpty("Idempotency-Replayed")).isEqualTo(replayed ? List.of("true") : List.of());
		return Objects.requireNonNull(headers.getFirst("Cursor"));
	}

	private void copyBothDatabases(Path old, Path fresh) throws Exception {
		try (LoneDatabase source = LoneDatabase.start(old); LoneDatabase target = LoneDatabase.start(fresh)) {
			Path passwords = Files.writeString(this.folder.resolve("pgpass"),
					"127.0.0.1:%d:*:postgres:%s\n127.0.0.1:%d:*:postgres:%s\n".formatted(source.port(), superuser(old),
							target.port(), superuser(fresh)));
			Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
			for (String database : List.of("catalog", "progress")) {
				String from = url(source, database);
				String to = url(target, database);
				String before = content(target, database);
				assertThat(content(source, database)).isNotEqualTo(before);

				// In the wrong order; the new database has fewer events.
				assertThat(copy(passwords, 1, to, from)).contains("it is not new, or the two are in the wrong order.");
				assertThat(content(target, database)).isEqualTo(before);
				try (Connection _ = target.connect(database)) {
					assertThat(copy(passwords, 1, from, to)).contains("Somebody is connected to ");
				}
				assertThat(copy(passwords, 0, from, to)).contains("Copied ");

				assertThat(content(target, database)).isEqualTo(content(source, database));
			}
		}
	}

	private static String superuser(Path data) throws IOException {
		return Files.readString(data.resolve("secrets/postgres")).strip();
	}

	private static String url(LoneDatabase server, String database) {
		return "postgresql://postgres@127.0.0.1:" + server.port() + "/" + database;
	}

	private static String copy(Path passwords, int exitCode, String source, String target) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(Modules.ROOT.resolve("deploy/postgres/copy-database").toString(),
				source, target);
		builder.environment().put("PGPASSFILE", passwords.toString());
		try (StartedCommand command = StartedCommand.start(builder)) {
			assertThat(command.awaitExitCode()).as(String.join("\n", command.lines())).isEqualTo(exitCode);
			return String.join("\n", command.lines());
		}
	}

	/**
	 * The number and a digest of the rows of each table, and the state of each sequence.
	 */
	private static String content(LoneDatabase server, String database) throws Exception {
		StringBuilder content = new StringBuilder();
		try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
			List<String> queries = List.of(value(statement, """
					select string_agg(format('select %L || count(*) || coalesce(md5(string_agg(t::text, '''' order by '
					    't::text collate "C")), '''') from %I.%I t', relname || ' ', nspname, relname), ';'
					    order by nspname, relname)
					from pg_class c join pg_namespace n on n.oid = relnamespace
					where relkind = 'r' and nspname not in ('pg_catalog', 'information_schema')""").split(";"));
			assertThat(queries).hasSizeGreaterThan(5);
			for (String query : queries) {
				content.append(value(statement, query)).append('\n');
			}
			content.append(value(statement, """
					select string_agg(concat_ws(' ', schemaname, sequencename, last_value), ',' order by sequencename)
					from pg_sequences"""));
		}
		return content.toString();
	}

	private static String value(Statement statement, String query) throws Exception {
		try (ResultSet result = statement.executeQuery(query)) {
			assertThat(result.next()).isTrue();
			return String.valueOf(result.getString(1));
		}
	}

	private void assertClientsContinue(LecternInstance lectern) throws Exception {
		ReaderClient same = this.reader.at(lectern.url());
		Map<String, String> authorization = same.authorizationHeader();
		try (RecordingStreamClient catalog = lectern
			.subscribe("/api/v1/catalog/events?lastEventId=" + this.catalogCursor, Map.of());
				RecordingStreamClient events = lectern
					.subscribe(same.streamPath() + "?lastEventId=" + this.readerCursor, authorization)) {
			assertThat(nextEvent(catalog).id()).isEqualTo(this.missedBook);
			assertThat(nextEvent(events).id()).isEqualTo(this.missedReport);
			assertThat(report(same, true)).isEqualTo(this.missedReport);

			String saved = new CuratorClient(lectern).saveBook("after-the-move", "After");
			assertThat(nextEvent(catalog).id()).isEqualTo(saved);
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.until(() -> lectern.queryValue("progress", "select cursor from catalog_cursor"), saved::equals);
			same.startReading("after-the-move");
			ReceivedFrame started = nextEvent(events);
			assertThat(started.data().path("type").asString()).isEqualTo("reading-started");
			assertThat(started.id()).startsWith(this.readerCursor.substring(0, this.readerCursor.indexOf('-')));
		}
	}

	private static ReceivedFrame nextEvent(RecordingStreamClient client) throws InterruptedException {
		ReceivedFrame frame = client.nextFrame();
		while (frame.field("data").isEmpty() || !frame.field("event").isEmpty()) {
			assertThat(frame.field("event")).isNotEqualTo("reset");
			frame = client.nextFrame();
		}
		return frame;
	}

}
