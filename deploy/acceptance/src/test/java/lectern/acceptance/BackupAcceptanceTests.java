package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import lectern.acceptance.RecordingStreamClient.ReceivedFrame;
import lectern.launcher.BackupCommand;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups under load, and restores of them: nothing that was acknowledged before the
 * restored instant is missing, and every client of before is told so. The load comes in
 * two parts: the first has a backup in it, then follows the instant, and after the second
 * part there is another backup.
 */
@ExtendWith(LecternExtension.class)
@Timeout(1800)
class BackupAcceptanceTests {

	private static final int REPORTS = TestScale.size(20_000, 400);

	private static final int READERS = TestScale.size(16, 4);

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String ACTIVITY = "/api/v1/activity/events";

	@TempDir
	static Path folder;

	private static Path backups;

	private static List<ReaderClient> readers;

	private static List<String> readings;

	private static List<AcknowledgedReport> beforeInstant;

	private static List<AcknowledgedReport> afterInstant;

	private static Instant instant;

	private static String erased;

	/** The last cursor that a client of each stream has. */
	private static final Map<String, String> cursors = new LinkedHashMap<>();

	@BeforeAll
	static void backUpUnderLoad(LecternInstance lectern) throws Exception {
		backups = folder.resolve("backups");
		readers = IntStream.range(0, READERS).mapToObj((_) -> new ReaderClient(lectern)).toList();
		readings = readers.stream().map((reader) -> reader.startReading("fluent-python")).toList();
		erased = "erased-" + UUID.randomUUID().toString().substring(0, 8);
		WebTestClient erasedReader = lectern.registerReader(erased).client();
		CuratorClient curator = new CuratorClient(lectern);
		curator.saveBook("before-the-instant", "Before");
		try (ReportLoadGenerator load = ReportLoadGenerator.start(lectern, readers, readings, REPORTS)) {
			load.await(REPORTS / 10);
			assertThat(lectern.run(BackupCommand.class, backups.toString())).contains("The backup is complete: ");
			beforeInstant = load.awaitAll();
		}
		instant = Instant.now();
		try (ReportLoadGenerator load = ReportLoadGenerator.start(lectern, readers, readings, REPORTS / 4)) {
			afterInstant = load.awaitAll();
		}
		erasedReader.delete()
			.uri("/api/v1/readers/" + erased)
			.header("If-Match", "*")
			.exchange()
			.expectStatus()
			.isNoContent();
		cursors.put(EVENTS, curator.saveBook("after-the-instant", "After"));
		cursors.put(readers.getFirst().streamPath(), afterInstant.getLast().cursor());
		cursors.put(ACTIVITY, cursor(lectern, "/api/v1/activity"));
		assertThat(lectern.run(BackupCommand.class, backups.toString())).contains("The backup is complete: ");
	}

	/** The folder of the backups is about to be deleted. */
	@AfterAll
	static void stopArchiving(LecternInstance lectern) throws IOException {
		Files.deleteIfExists(lectern.dataFolder().resolve("backup/folder"));
	}

	@Test
	void restoreOfInstantHasAllThatWasAcknowledgedBefore() throws Exception {
		Path restored = folder.resolve("instant");

		assertThat(LecternInstance.restore(restored, backups.toString(), "--at", instant.toString()))
			.contains("Start Lectern now");

		try (LecternInstance lectern = LecternInstance.start(restored)) {
			assertThat(readLog(lectern)).containsExactlyElementsOf(withoutEpoch(beforeInstant));
			assertThat(new CuratorClient(lectern).getBook("before-the-instant").path("title").asString())
				.isEqualTo("Before");
			lectern.anonymousClient()
				.get()
				.uri("/api/v1/books/after-the-instant")
				.exchange()
				.expectStatus()
				.isNotFound();
			assertEveryOldClientIsReset(lectern);
			assertReaderIsErasedAgain(lectern);
			lectern.assertNoBlockingCallAndNoLeak();
		}
	}

	@Test
	@EnabledIf("isFull")
	void restoreOfNewestStateHasAllThatWasAcknowledged() throws Exception {
		Path restored = folder.resolve("newest");

		assertThat(LecternInstance.restore(restored, backups.toString())).contains("Start Lectern now");

		assertHasEverything(restored);
		// Once more, over what is there now.
		assertThat(LecternInstance.restore(restored, backups.toString())).contains("The former database is in ")
			.contains("Start Lectern now");
		assertHasEverything(restored);
	}

	static boolean isFull() {
		return TestScale.isFull();
	}

	private static void assertHasEverything(Path restored) throws Exception {
		List<AcknowledgedReport> all = new ArrayList<>(beforeInstant);
		all.addAll(afterInstant);
		try (LecternInstance lectern = LecternInstance.start(restored)) {
			assertThat(readLog(lectern)).containsExactlyElementsOf(withoutEpoch(all));
			assertEveryOldClientIsReset(lectern);
			assertReaderIsErasedAgain(lectern);
		}
	}

	/** Also the copy of the catalog in progress-service, which is such a client. */
	private static void assertEveryOldClientIsReset(LecternInstance lectern) throws Exception {
		for (Map.Entry<String, String> stream : cursors.entrySet()) {
			Map<String, String> headers = new LinkedHashMap<>(readers.getFirst().authorizationHeader());
			headers.put("Last-Event-ID", stream.getValue());
			try (RecordingStreamClient client = lectern.subscribe(stream.getKey(), headers)) {
				ReceivedFrame frame = client.nextFrame();
				while (frame.field("event").isEmpty()) {
					assertThat(frame.field("data")).as("an event before the reset").isEmpty();
					frame = client.nextFrame();
				}
				assertThat(frame.field("event")).as(stream.getKey()).isEqualTo("reset");
				assertThat(frame.data().path("reason").asString()).isEqualTo("foreign-epoch");
				if (stream.getKey().equals(EVENTS)) {
					String cursor = new CuratorClient(lectern).saveBook("after-the-restore", "At " + System.nanoTime());
					assertThat(client.nextEvent().id()).isEqualTo(cursor);
				}
			}
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> lectern.queryValue("progress", "select cursor from catalog_cursor")
				.startsWith(lectern.queryValue("catalog", "select epoch from log_head")));
	}

	/** The list of erasures came with the backups. */
	private static void assertReaderIsErasedAgain(LecternInstance lectern) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> lectern.queryValue("progress", "select count(*) from account where reader = '" + erased + "'")
				.equals("0"));
	}

	private static List<String> readLog(LecternInstance lectern) throws SQLException, IOException {
		return withoutEpoch(AcknowledgedReport.readLog(lectern, readings));
	}

	private static List<String> withoutEpoch(List<AcknowledgedReport> reports) {
		return reports.stream()
			.map((report) -> report.logPosition() + " " + report.reading() + " " + report.version() + " "
					+ report.idempotencyKey() + " " + report.fraction())
			.toList();
	}

	private static String cursor(LecternInstance lectern, String path) {
		return lectern.anonymousClient()
			.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Cursor");
	}

}
