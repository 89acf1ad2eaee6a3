package lectern.acceptance;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What is left of an erased reader on the disk. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class ErasureAcceptanceTests {

	/**
	 * Reports with texts that cannot be compressed, so that no compressed value hides
	 * them from the search.
	 */
	@Test
	void noByteIsLeftAfterErasureAndPurgeAndTheExportCanBeImported(LecternInstance lectern) throws Exception {
		String handle = "quits-" + UUID.randomUUID().toString().substring(0, 18);
		String own = "/api/v1/readers/" + handle;
		String locator = UUID.randomUUID().toString();
		UUID reading = UUID.randomUUID();
		WebTestClient reader = lectern.registerReader(handle).client();
		read(reader, own, reading, locator);
		String export = export(reader, own);
		String[] texts = { handle, locator, reading.toString(), FileTraces.bytesOf(reading) };
		FileTraces files = new FileTraces(lectern.dataFolder());
		assertThat(files.filesWith(texts)).anyMatch((file) -> file.startsWith("database/pg_wal"))
			.contains("logs/progress-service.log: 0");

		reader.delete().uri(own).header("If-Match", "*").exchange().expectStatus().isNoContent();
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> lectern.queryValue("progress", "select count(*) from erasure").equals("0"));
		assertThat(lectern.purge()).contains("contain nothing more of readers");

		assertThat(files.filesWith(texts)).isEmpty();
		lectern.awaitReady("progress-service");

		WebTestClient again = lectern.registerReader(handle).client();
		lectern.adminClient()
			.post()
			.uri(own + "/import")
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(export)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.added")
			.isEqualTo(301)
			.jsonPath("$.refused")
			.isEqualTo(0);
		assertThat(export(again, own)).isEqualTo(export);
		lectern.assertNoBlockingCallAndNoLeak();
	}

	/** The list of erasures is kept, as the documentation of backups demands. */
	@Test
	void restoreOfOlderDataErasesTheReaderAgain(LecternInstance lectern, @TempDir Path copy) throws Exception {
		String handle = "restored-" + UUID.randomUUID().toString().substring(0, 18);
		String own = "/api/v1/readers/" + handle;
		UUID reading = UUID.randomUUID();
		WebTestClient reader = lectern.registerReader(handle).client();
		read(reader, own, reading, UUID.randomUUID().toString());
		String stays = "stays-" + UUID.randomUUID().toString().substring(0, 18);
		lectern.registerReader(stays);
		DataFolderBackup.create(lectern, copy);
		reader.delete().uri(own).header("If-Match", "*").exchange().expectStatus().isNoContent();
		DataFolderBackup.copy(lectern.dataFolder().resolve("erasures"), copy);

		try (LecternInstance restored = LecternInstance.start(copy)) {
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.until(() -> restored.queryValue("progress", "select count(*) from erasure").equals("0"));
			assertThat(restored.queryValue("progress",
					"select string_agg(reader, ',') from account where reader in ('%s', '%s')".formatted(handle,
							stays)))
				.isEqualTo(stays);
			assertThat(restored.purge()).contains("contain nothing more of readers");
			assertThat(new FileTraces(copy).filesWith(handle, reading.toString(), FileTraces.bytesOf(reading)))
				.isEmpty();
			restored.assertNoBlockingCallAndNoLeak();
		}
	}

	private static void read(WebTestClient reader, String own, UUID reading, String locator) {
		reader.post()
			.uri(own + "/readings")
			.bodyValue(Map.of("book", "fluent-python", "id", reading.toString()))
			.exchange()
			.expectStatus()
			.isCreated();
		StringBuilder list = new StringBuilder();
		for (int number = 1; number <= 300; number++) {
			list.append(
					"{\"key\":\"%d\",\"type\":\"report\",\"reading\":\"%s\",\"fraction\":0.5,\"locator\":\"%s %s\"}\n"
						.formatted(number, reading, locator, UUID.randomUUID()));
		}
		reader.post()
			.uri(own + "/commands")
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(list.toString())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((answers) -> assertThat(answers).doesNotContain("problem"));
	}

	private static String export(WebTestClient reader, String own) {
		return reader.get()
			.uri(own + "/export")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}
