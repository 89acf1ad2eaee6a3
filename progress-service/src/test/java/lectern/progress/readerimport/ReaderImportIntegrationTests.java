package lectern.progress.readerimport;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.progress.ErasingProgress;
import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Importing an export into another Lectern. */
class ReaderImportIntegrationTests {

	private static final TestProgress SOURCE = TestProgress.shared();

	private static final String READING = "11111111-1111-4111-8111-";

	private static TestProgress target;

	private static TestApiClient operator;

	private final String handle = "i" + UUID.randomUUID().toString().substring(0, 8);

	@BeforeAll
	static void start() {
		target = ErasingProgress.shared();
		target.reader("operator");
		operator = target.anonymous()
			.withToken(target.signingKey().sign("operator", List.of("operator")))
			.contentType("application/x-ndjson");
		SOURCE.addBook("moved-book", "Moved", "Somebody");
		SOURCE.addPath("moved-path", "moved-book");
		target.addBook("moved-book", "Moved", "Somebody");
		target.addPath("moved-path", "moved-book");
	}

	@Test
	void exportOfImportIsTheSame() {
		String export = export();
		TestReader moved = target.reader(this.handle);

		importLines(export).assertMember("/added", 604).assertMember("/refused", 0);
		assertThat(moved.get("/export").text()).isEqualTo(export);

		importLines(export).assertMember("/added", 0).assertMember("/unchanged", 604);
		assertThat(moved.get("/export").text()).isEqualTo(export);
		TestReading reading = moved.reading(moved.get("/readings?status=finished").at("/items/0/id").asString());
		reading.get().assertMember("/position/locator", "place 600").assertMember("/version", 602);
		moved.get("/paths/moved-path").assertMember("/gates/0/state", "passed");
		reading.reopen().assertStatus(200);
		importLines(export).assertMember("/unchanged", 604);
	}

	/** A reader with a reading of 602 events, a path of two, and a profile. */
	private String export() {
		TestReader reader = SOURCE.reader(this.handle);
		reader.client()
			.ifMatch("*")
			.patch(reader.path(), "{\"name\":\"Grace \\u00e9\",\"zone\":\"Europe/Rome\",\"policy\":\"furthest\"}")
			.assertStatus(200);
		TestReading reading = reader.start("moved-book");
		reader.put("/paths/moved-path").assertStatus(201);
		String reports = IntStream.rangeClosed(1, 600)
			.mapToObj((
					number) -> "{\"key\":\"%d\",\"type\":\"report\",\"reading\":\"%s\",\"fraction\":%s,\"locator\":\"place %d\"}\n"
						.formatted(number, reading.id(), number / 1000.0, number))
			.collect(Collectors.joining());
		reader.client()
			.contentType("application/x-ndjson")
			.post(reader.path() + "/commands", reports)
			.assertStatus(200);
		reading.finish().assertStatus(200);
		SOURCE.awaitTrue("select count(*) = 604 from event where reader = '" + this.handle + "'");
		return reader.get("/export").text();
	}

	private TestApiResponse importLines(String lines) {
		return operator.post("/api/v1/readers/" + this.handle + "/import", lines).assertStatus(200);
	}

	@Test
	void interruptedImportGoesOn() {
		target.reader(this.handle);
		List<String> lines = List.of(started("1"), report("1"), started("2"), report("1"), report("2"));
		importLines(String.join("\n", lines.subList(0, 3))).assertMember("/added", 3);
		importLines(String.join("\n", lines)).assertMember("/unchanged", 3).assertMember("/added", 2);
	}

	@Test
	void badLinesAreNamedAndTheOthersImported() {
		target.reader(this.handle);
		String lines = String.join("\n", started("3"), "nonsense", report("3"), "", report("4"), started("3"),
				report("3").replace("moved-book", "other-book"),
				started("5").replace("\"reader\":\"" + this.handle, "\"reader\":\"somebody"), report("3"));
		TestApiResponse result = importLines(lines).assertMember("/read", 9)
			.assertMember("/added", 3)
			.assertMember("/refused", 5);
		assertThat(result.at("/refusals").valueStream().map((refusal) -> refusal.at("/line").asInt()))
			.containsExactly(2, 5, 6, 7, 8);
		importLines(lines).assertMember("/added", 0).assertMember("/unchanged", 3).assertMember("/refused", 5);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\u0000',
			value = { "\"type\":\"position-reported\"|\"type\":7|/type",
					"\"type\":\"position-reported\"|\"type\":\"reader-erased\"|/type",
					"\"type\":\"position-reported\"|\"type\":\"path-left\"|/type",
					"\"receivedAt\":\"2026|\"receivedAt\":\"26|/receivedAt",
					"\"book\":\"moved-book\"|\"book\":\"A B\"|/book", "\"data\":|\"more\":1,\"data\":|/more",
					"\"data\":{|\"data\":{\"originalReceivedAt\":1,|/data/originalReceivedAt",
					"\"fraction\":0.50|\"fraction\":\"half\"|/data" })
	void faultOfLineIsNamed(String part, String replacement, String pointer) {
		target.reader(this.handle);
		String line = report("6");
		assertThat(line).contains(part);
		TestApiResponse result = importLines(line.replace(part, replacement)).assertMember("/refused", 1);
		assertThat(
				result.at("/refusals/0/problem/errors").valueStream().map((error) -> error.at("/pointer").asString()))
			.contains(pointer);
	}

	@Test
	void onlyReadersWithoutOtherEventsAreImportedByOperators() {
		TestReader reader = target.reader(this.handle);
		reader.start("moved-book");
		String path = "/api/v1/readers/" + this.handle + "/import";
		operator.post(path, started("7")).assertProblem(409, "reader-not-empty");
		operator.post("/api/v1/readers/nobody/import", started("7")).assertProblem(404, "not-found");
		operator.post(path + "?x=1", started("7")).assertInvalidParameter("x");
		reader.client().contentType("application/x-ndjson").post(path, started("7")).assertProblem(403, "forbidden");
		assertThat(reader.eventCount()).isEqualTo(1);
	}

	private String started(String reading) {
		return "{\"type\":\"reading-started\",\"reading\":\"%s%s\",\"book\":\"moved-book\",".formatted(READING,
				id(reading))
				+ "\"occurredAt\":\"2026-01-01T10:00:00Z\",\"receivedAt\":\"2026-01-01T10:00:01Z\",\"data\":{\"reader\":\""
				+ this.handle
				+ "\",\"book\":{\"id\":\"moved-book\",\"title\":\"Moved\",\"authors\":[]},\"occurredAt\":\"2026-01-01T10:00:00Z\"}}";
	}

	private String report(String reading) {
		return "{\"type\":\"position-reported\",\"reading\":\"%s%s\",\"book\":\"moved-book\",".formatted(READING,
				id(reading))
				+ "\"occurredAt\":\"2026-01-01T11:00:00Z\",\"receivedAt\":\"2026-01-01T11:00:01Z\",\"data\":{\"position\":"
				+ "{\"fraction\":0.50,\"occurredAt\":\"2026-01-01T11:00:00Z\"},\"moved\":true,\"furthest\":true}}";
	}

	/** Ids of readings are unique in a log, so they contain that of the reader. */
	private String id(String reading) {
		return this.handle.substring(1) + "000" + reading;
	}

}
