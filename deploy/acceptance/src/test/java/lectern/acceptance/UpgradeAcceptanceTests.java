package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import lectern.acceptance.RecordingStreamClient.ReceivedFrame;
import lectern.launcher.FreePorts;
import lectern.launcher.LoneDatabase;
import lectern.launcher.RunningLauncher;
import lectern.web.setting.StartFault;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The data folder of an {@link EarlierRelease} is migrated, and served with all that is
 * in it. One of a later release is refused.
 */
@Timeout(600)
class UpgradeAcceptanceTests {

	private static final String CATALOG_EPOCH = "c0ffee123456";

	private static final String PROGRESS_EPOCH = "ca11ab1e1234";

	private static final String READING = "/api/v1/readers/ada/readings/5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1";

	@TempDir
	static Path folder;

	private static LecternInstance lectern;

	private static LecternInstance.AuthenticatedClient ada;

	@BeforeAll
	static void startOnFolderOfEarlierRelease() throws Exception {
		Path data = folder.toRealPath().resolve("earlier");
		EarlierRelease.createFolder(data);
		lectern = LecternInstance.start(data);
		ada = lectern.signIn("ada", "as long as ever");
	}

	@AfterAll
	static void stop() throws IOException {
		try {
			lectern.assertNoBlockingCallAndNoLeak();
		}
		finally {
			lectern.close();
		}
	}

	@Test
	void databasesHaveAllMigrations() throws Exception {
		for (String name : EarlierRelease.DATABASES) {
			Flyway migrations = EarlierRelease.migrations(lectern.dataFolder(), lectern.port() + 3, name).load();
			assertThat(migrations.info().pending()).isEmpty();
			migrations.validate();
		}
	}

	@Test
	void bookIsServedAndFound() {
		JsonNode book = get(lectern.anonymousClient(), "/api/v1/books/fluent-python");
		assertThat(book.path("version").asInt()).isEqualTo(2);
		assertThat(book.path("editions").path(0).path("isbn").asString()).isEqualTo("9781492056355");

		assertThat(get(lectern.anonymousClient(), "/api/v1/books?q=fluent").path("items").valueStream())
			.extracting((found) -> found.path("id").asString())
			.containsExactly("fluent-python");
	}

	@Test
	void readingAndItsHistoryAreServed() {
		JsonNode reading = get(ada.client(), READING);
		assertThat(reading.path("status").asString()).isEqualTo("reading");
		assertThat(reading.path("edition").asString()).isEqualTo("2nd edition");
		assertThat(reading.path("position").path("fraction").asDouble()).isEqualTo(0.25);
		assertThat(reading.path("devices").path(0).path("name").asString()).isEqualTo("My phone");

		assertThat(get(ada.client(), READING + "/history").path("items").valueStream())
			.extracting((entry) -> entry.path("cursor").asString() + " " + entry.path("type").asString() + " "
					+ entry.path("position").path("fraction").asDouble(0))
			.containsExactly(PROGRESS_EPOCH + "-3 position-reported 0.25",
					PROGRESS_EPOCH + "-2 position-reported 0.125", PROGRESS_EPOCH + "-1 reading-started 0.0");
	}

	@Test
	void reportThatWasStoredBeforeIsNotStoredAgain() {
		ada.client()
			.post()
			.uri(READING + "/positions")
			.header("Idempotency-Key", "report-of-before")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("""
					{"fraction":0.25,"locator":"chapter-6"}""")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Idempotency-Replayed", "true")
			.expectHeader()
			.valueEquals("Cursor", PROGRESS_EPOCH + "-3");
	}

	/** The columns that tell so did not exist when it began. */
	@Test
	void importThatWasInterruptedBeforeHasFailed() {
		WebTestClient curator = lectern.adminClient();
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> get(curator, "/api/v1/imports/2f6b2f64-52b5-4a66-9c1c-0d1c3b0c5a10").path("state").asString(),
					"failed"::equals);
	}

	/** The copy of the catalog in progress-service is such a client, too. */
	@Test
	void clientsOfBeforeReceiveWhatTheyMissedAndWhatFollows() throws Exception {
		Map<String, String> authorization = Map.of("Authorization", "Bearer " + ada.token());
		try (RecordingStreamClient catalog = resume("/api/v1/catalog/events", CATALOG_EPOCH + "-1", Map.of());
				RecordingStreamClient reader = resume("/api/v1/readers/ada/events", PROGRESS_EPOCH + "-2",
						authorization);
				RecordingStreamClient activity = resume("/api/v1/activity/events", PROGRESS_EPOCH + "-1", Map.of())) {
			assertThat(nextEvent(catalog).id()).isEqualTo(CATALOG_EPOCH + "-2");
			assertThat(nextEvent(reader).id()).isEqualTo(PROGRESS_EPOCH + "-3");
			assertThat(nextEvent(activity).id()).isEqualTo(PROGRESS_EPOCH + "-2");

			String saved = new CuratorClient(lectern).saveBook("after-the-upgrade", "After");
			assertThat(saved).isEqualTo(CATALOG_EPOCH + "-3");
			assertThat(nextEvent(catalog).id()).isEqualTo(saved);
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.until(() -> lectern.queryValue("progress", "select cursor from catalog_cursor"), saved::equals);

			ada.client()
				.post()
				.uri("/api/v1/readers/ada/readings")
				.bodyValue(Map.of("book", "after-the-upgrade"))
				.exchange()
				.expectStatus()
				.isCreated();
			ReceivedFrame started = nextEvent(reader);
			assertThat(started.id()).isEqualTo(PROGRESS_EPOCH + "-4");
			assertThat(started.data().path("type").asString()).isEqualTo("reading-started");
		}
	}

	@Test
	void folderOfLaterReleaseIsRefusedAndLeftAsItIs() throws Exception {
		Path data = folder.toRealPath().resolve("later");
		String before;
		try (LoneDatabase database = LoneDatabase.start(data)) {
			EarlierRelease.migrate(data, database, "progress");
			EarlierRelease.execute(database, "progress", """
					insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
					    installed_by, execution_time, success)
					values (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'progress', 1, true)
					""");
			before = describe(database);
		}
		// As if it had been copied: then an accepted folder gets new epochs.
		Files.delete(data.resolve("place"));

		try (RunningLauncher launcher = RunningLauncher.start(Modules.ROOT, data, FreePorts.findGatewayPort(),
				Map.of())) {
			assertThat(launcher.awaitExitCode(LecternInstance.RESTART_TIMEOUT)).isEqualTo(StartFault.EXIT_CODE);
			assertThat(launcher.outputLines()).last()
				.isEqualTo("The data folder " + data + " was written by a newer Lectern (migration 999 of the"
						+ " database progress): start the newer version, or set LECTERN_DATA to another folder.");
		}

		assertThat(data.resolve("place")).doesNotExist();
		assertThat(data.resolve("logs")).isDirectoryNotContaining("glob:**-service.log");
		try (LoneDatabase database = LoneDatabase.start(data)) {
			assertThat(describe(database)).isEqualTo(before);
		}
	}

	/** The epoch, the migrations and the accounts of a database of progress-service. */
	private static String describe(LoneDatabase database) throws IOException, SQLException {
		try (Connection connection = database.connect("progress");
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("""
						select (select epoch from log_head) || (select count(*) from account)
						    || (select string_agg(applied::text, ' ' order by installed_rank)
						        from flyway_schema_history as applied)
						""")) {
			assertThat(result.next()).isTrue();
			return result.getString(1);
		}
	}

	private static RecordingStreamClient resume(String path, String cursor, Map<String, String> authorization) {
		return lectern.subscribe(path + "?lastEventId=" + cursor, authorization);
	}

	/** After a reset there might be no event at all. */
	private static ReceivedFrame nextEvent(RecordingStreamClient client) throws InterruptedException {
		ReceivedFrame frame = client.nextFrame();
		while (frame.field("data").isEmpty() || !frame.field("event").isEmpty()) {
			assertThat(frame.field("event")).isNotEqualTo("reset");
			frame = client.nextFrame();
		}
		return frame;
	}

	private static JsonNode get(WebTestClient client, String path) {
		return JsonTrees.parse(client.get().uri(path).exchange().expectStatus().isOk());
	}

}
