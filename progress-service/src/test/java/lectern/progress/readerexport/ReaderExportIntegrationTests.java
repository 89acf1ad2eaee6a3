package lectern.progress.readerexport;

import java.util.List;
import java.util.UUID;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The export of everything that belongs to a reader. */
class ReaderExportIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.reader("e" + UUID.randomUUID().toString().substring(0, 8));

	@Test
	void everyEventIsALineAfterTheAccount() {
		PROGRESS.addBook("exported-book", "A Book", "Somebody");
		TestReading reading = this.reader.start("exported-book");
		StringBuilder list = new StringBuilder();
		for (int number = 1; number <= 600; number++) {
			list.append(
					"{\"key\":\"%d\",\"type\":\"report\",\"reading\":\"%s\",\"fraction\":0.5,\"locator\":\"place %d\"}\n"
						.formatted(number, reading.id(), number));
		}
		this.reader.client()
			.contentType("application/x-ndjson")
			.post(this.reader.path() + "/commands", list.toString())
			.assertStatus(200);
		reading.finish().assertStatus(200);

		TestApiResponse export = this.reader.get("/export")
			.assertStatus(200)
			.assertHeader("Content-Type", "application/x-ndjson")
			.assertHeader("Content-Disposition", "attachment; filename=\"lectern-" + this.reader.handle() + ".ndjson\"")
			.assertNoHeader("Cursor");

		List<JsonNode> lines = export.text().lines().map((line) -> JsonMapper.shared().readTree(line)).toList();
		assertThat(lines).hasSize(603);
		assertThat(lines.getFirst().toString())
			.isEqualTo("{\"type\":\"reader\",\"reader\":\"%s\",\"name\":\"Ada\",\"policy\":\"latest\"}"
				.formatted(this.reader.handle()));
		assertThat(lines.get(1).at("/type").asString()).isEqualTo("reading-started");
		assertThat(lines.get(1).at("/book").asString()).isEqualTo("exported-book");
		assertThat(lines.get(601).at("/data/position/locator").asString()).isEqualTo("place 600");
		assertThat(lines.getLast().at("/type").asString()).isEqualTo("reading-finished");
		assertThat(lines.stream().skip(1)).allSatisfy((line) -> {
			assertThat(line.at("/reading").asString()).isEqualTo(reading.id());
			assertThat(line.propertyNames()).contains("occurredAt", "receivedAt").doesNotContain("cursor", "path");
		});
	}

	@Test
	void exportIsPrivateAndStrict() {
		this.reader.get("/export?x=1").assertInvalidParameter("x");
		PROGRESS.newReader().client().get(this.reader.path() + "/export").assertProblem(403, "forbidden");
		PROGRESS.anonymous().get(this.reader.path() + "/export").assertProblem(401, "unauthenticated");
	}

}
