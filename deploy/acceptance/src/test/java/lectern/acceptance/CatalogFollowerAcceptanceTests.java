package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A backend keeps a copy of the catalog with the script of docs/clients-backend.md.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class CatalogFollowerAcceptanceTests {

	/** What the catalog adds to a document, which is not in an export. */
	private static final List<String> ADDED_MEMBERS = List.of("version", "createdAt", "changedAt");

	@TempDir
	private Path folder;

	private Path copy;

	private TestApiClient curator;

	@BeforeEach
	void signIn(LecternInstance lectern) {
		this.copy = this.folder.resolve("catalog.json");
		this.curator = TestApiClient.of(lectern.url() + "/api/v1").withToken(lectern.adminToken());
	}

	@Test
	void copyIsSameAsExportAfterLongPause(LecternInstance lectern) throws Exception {
		IntStream.range(0, 10).forEach((number) -> save(number, "At first"));
		savePath("followed-path", 0);
		savePath("followed-path-removed", 1);
		try (RunningProgram _ = follow(lectern)) {
			awaitSameAsExport();
			save(0, "While it follows");
			awaitSameAsExport();
		}
		String cursor = copiedCursor();
		IntStream.range(5, 40).forEach((number) -> save(number, "While it is away"));
		save(20, "Twice while it is away");
		savePath("followed-path", 2);
		this.curator.ifMatch("*").delete("/paths/followed-path-removed").assertStatus(204);
		IntStream.of(1, 7, 30).forEach((number) -> this.curator.ifMatch("*").delete(book(number)).assertStatus(204));
		this.curator.contentType("application/x-ndjson").post("/imports", importedBooks()).assertStatus(201);
		assertThat(copiedCursor()).isEqualTo(cursor);

		try (RunningProgram _ = follow(lectern)) {
			awaitSameAsExport();
		}
	}

	/** For example after the catalog was restored from a backup. */
	@Test
	void copyIsReadAgainWhenItsCursorIsOfAnotherLog(LecternInstance lectern) throws Exception {
		save(50, "Of this log");
		Files.writeString(this.copy,
				"{\"cursor\":\"0123456789ab-1\",\"documents\":{\"book/of-another-log\":{\"id\":\"of-another-log\"}}}");
		try (RunningProgram _ = follow(lectern)) {
			awaitSameAsExport();
			save(50, "After the reset");
			awaitSameAsExport();
		}
	}

	private RunningProgram follow(LecternInstance lectern) throws IOException {
		Path script = DocumentedFile.extract("docs/clients-backend.md", "follow-catalog.mjs", this.folder);
		return RunningProgram.start(List.of(PlaywrightDriver.nodeExecutable().toString(), script.toString(),
				lectern.url(), this.copy.toString()));
	}

	private static String book(int number) {
		return "/books/followed-" + number;
	}

	private void save(int number, String title) {
		put(book(number), "{\"title\":\"%s\",\"authors\":[\"A. Author\"],\"topics\":[\"following\"]}".formatted(title));
	}

	private void savePath(String id, int book) {
		put("/paths/" + id,
				"{\"title\":\"Path\",\"gates\":[{\"id\":\"one\",\"title\":\"One\",\"steps\":[{\"book\":\"followed-%d\"}]}]}"
					.formatted(book));
	}

	/** Create or replace a document. */
	private void put(String path, String content) {
		int status = this.curator.put(path, content).status();
		assertThat((status == 428) ? this.curator.ifMatch("*").put(path, content).status() : status).isIn(200, 201);
	}

	private static String importedBooks() {
		return IntStream.range(0, 300)
			.mapToObj((number) -> "{\"type\":\"book\",\"id\":\"imported-%1$d\",\"title\":\"Imported %1$d\"}\n"
				.formatted(number))
			.collect(Collectors.joining());
	}

	private String copiedCursor() throws IOException {
		return JsonTrees.parse(Files.readString(this.copy)).path("cursor").asString();
	}

	private void awaitSameAsExport() throws IOException {
		TestApiResponse export = this.curator.get("/export").assertStatus(200);
		Awaitility.await().atMost(HANG_LIMIT).ignoreExceptions().until(() -> copiedCursor().equals(export.cursor()));
		Map<String, JsonNode> exported = new TreeMap<>();
		export.text().lines().map(JsonTrees::parse).forEach((line) -> {
			ObjectNode document = (ObjectNode) line;
			String type = document.remove("type").asString();
			exported.put(type + "/" + document.path("id").asString(), document);
		});
		Map<String, JsonNode> copied = new TreeMap<>();
		JsonTrees.parse(Files.readString(this.copy))
			.path("documents")
			.forEachEntry((name, document) -> copied.put(name, ((ObjectNode) document).remove(ADDED_MEMBERS)));
		assertThat(copied).isEqualTo(exported);
	}

}
