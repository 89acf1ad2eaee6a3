package lectern.progress.command;

import java.util.List;
import java.util.UUID;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Editions of readings and pages without a fraction, over HTTP. */
class EditionIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private static final String ISBN = "9781492056355";

	private static final String EDITIONS = """
			[{"label":"2nd edition","year":2022,"isbn":"978-1-4920-5635-5","pages":400},
			{"label":"draft","format":"PDF"}]""";

	private final TestReader reader = PROGRESS.newReader();

	@BeforeAll
	static void addBooks() {
		PROGRESS.addBook("with-editions", "With Editions", "Somebody", EDITIONS);
		PROGRESS.addBook("without-editions", "Without Editions", "Somebody");
	}

	@ParameterizedTest
	@ValueSource(strings = { ISBN, "978-1-4920-5635-5", "1-4920-5635-9", "2nd Edition" })
	void startNamesEditionByNameOrIsbnOrLabel(String edition) {
		String id = UUID.randomUUID().toString();
		start(id, edition).assertStatus(201).assertMember("/edition", ISBN).assertMember("/pages", 400);
		start(id, edition).assertStatus(200).assertMember("/edition", ISBN);
	}

	@Test
	void rejectsEditionThatBookDoesNotHave() {
		TestApiResponse rejected = start(UUID.randomUUID().toString(), "nonsense").assertInvalidMember("/edition");
		assertThat(rejected.text()).contains(ISBN + " (2nd edition, 2022)", "draft, PDF");
		this.reader.post("/readings", "{\"book\":\"without-editions\",\"edition\":\"2nd edition\"}")
			.assertInvalidMember("/edition");
		this.reader.post("/readings", "{\"book\":\"no-such-book\",\"edition\":\"2nd edition\"}")
			.assertProblem(409, "unknown-book");
		assertThat(this.reader.eventCount()).isZero();
	}

	@Test
	void readingKeepsEditionThatCatalogHasLost() {
		PROGRESS.addBook("losing-edition", "Losing", "Somebody", "[{\"label\":\"1st\",\"pages\":200}]");
		String id = UUID.randomUUID().toString();
		String start = "{\"book\":\"losing-edition\",\"edition\":\"1st\",\"id\":\"" + id + "\"}";
		this.reader.idempotencyKey("lost").post("/readings", start).assertStatus(201);
		PROGRESS.addBook("losing-edition", "Losing", "Somebody", "[{\"label\":\"2nd\"}]");
		this.reader.idempotencyKey("lost").post("/readings", start).assertStatus(201).assertMember("/edition", "1st");
		this.reader.post("/readings", start).assertStatus(200);
		TestReading reading = this.reader.reading(id);
		reading.report("{\"page\":50}").assertStatus(200).assertMember("/reading/position/fraction", 0.25);
		reading.ifMatch("*").patch("{\"edition\":\"1st\"}").assertStatus(200).assertVersion(2);
	}

	@Test
	void pageAloneGivesFraction() {
		TestReading reading = startReading(ISBN);
		reading.report("{\"page\":120,\"device\":{\"id\":\"kobo\"}}")
			.assertStatus(200)
			.assertMember("/moved", true)
			.assertMember("/reading/position/fraction", 0.3)
			.assertMember("/reading/position/page", 120)
			.assertMember("/reading/furthest/page", 120);
		reading.report("{\"fraction\":0.9,\"page\":1}")
			.assertStatus(200)
			.assertMember("/reading/position/fraction", 0.9)
			.assertMember("/reading/position/page", 1);
		reading.idempotencyKey("page").report("{\"page\":400}").assertStatus(200).assertVersion(4);
		reading.idempotencyKey("page")
			.report("{\"page\":400}")
			.assertStatus(200)
			.assertVersion(4)
			.assertMember("/reading/position/fraction", 1);
		reading.idempotencyKey("page").report("{\"page\":399}").assertProblem(422, "idempotency-key-reused");
	}

	@Test
	void rejectsPageThatGivesNoFraction() {
		TestReading paged = startReading(ISBN);
		assertThat(paged.report("{\"page\":401}").assertInvalidMember("/page").text()).contains("from 0 to 400", ISBN);
		assertThat(paged.report("{\"page\":-1}").assertInvalidMember("/page").text()).contains("from 0 to");
		assertThat(paged.report("{\"page\":\"five\"}").assertInvalidMember("/page").text()).doesNotContain("fraction");
		assertThat(startReading("draft").report("{\"page\":1}").assertInvalidMember("/page").text())
			.contains("draft, PDF", "fraction", "PATCH");
		assertThat(this.reader.start("with-editions").report("{\"page\":1}").assertInvalidMember("/page").text())
			.contains("names no edition", "fraction", "PATCH");
		assertThat(this.reader.eventCount()).isEqualTo(3);
	}

	@Test
	void whatIfTakesPageAlone() {
		TestReading reading = startReading(ISBN);
		reading.command("/what-if", "{\"commands\":[{\"type\":\"report\",\"page\":100}]}")
			.assertStatus(200)
			.assertMember("/reading/position/fraction", 0.25)
			.assertMember("/commands/0/changes/position/page", 100);
		reading.command("/what-if", "{\"commands\":[{\"type\":\"finish\"},{\"type\":\"report\",\"page\":401}]}")
			.assertInvalidMember("/commands/1/page");
	}

	@Test
	void whatIfChangesEdition() {
		TestReading reading = startReading("draft");
		reading.report("{\"fraction\":0.5,\"page\":7}").assertStatus(200);
		reading.command("/what-if", """
				{"commands":[{"type":"change-edition","edition":"%s"},{"type":"report","page":300},
				{"type":"change-edition","edition":null}]}""".formatted(ISBN))
			.assertStatus(200)
			.assertMember("/reading/edition", null)
			.assertMember("/reading/position/fraction", 0.75)
			.assertMember("/commands/0/changes/edition", ISBN)
			.assertMember("/commands/0/changes/pages", 400)
			.assertMember("/commands/0/changes/position/page", null);
		reading.command("/what-if", "{\"commands\":[{\"type\":\"change-edition\",\"edition\":\"nonsense\"}]}")
			.assertInvalidMember("/commands/0/edition");
		assertThat(this.reader.eventCount()).isEqualTo(2);
	}

	@Test
	void patchChangesEditionAndKeepsFraction() {
		TestReading reading = startReading("draft");
		reading.report("{\"fraction\":0.5,\"page\":7}").assertStatus(200);
		TestApiResponse changed = reading.ifMatch("\"2\"")
			.patch("{\"edition\":\"2nd edition\"}")
			.assertStatus(200)
			.assertVersion(3)
			.assertCursor()
			.assertMember("/edition", ISBN)
			.assertMember("/pages", 400)
			.assertMember("/position/fraction", 0.5)
			.assertMember("/position/page", null)
			.assertMember("/furthest/page", null);
		assertThat(reading.get("?seen=" + changed.cursor()).text()).isEqualTo(changed.text());
		reading.ifMatch("\"3\"").patch("{\"edition\":\"2nd edition\",\"id\":\"x\",\"version\":3}").assertVersion(3);
		reading.ifMatch("\"3\"").patch("{}").assertStatus(200).assertVersion(3);
		reading.report("{\"page\":300}").assertStatus(200).assertMember("/reading/position/fraction", 0.75);
		TestApiResponse removed = reading.ifMatch("*")
			.patch("{\"edition\":null}")
			.assertStatus(200)
			.assertVersion(5)
			.assertMember("/edition", null)
			.assertMember("/pages", null)
			.assertMember("/position/fraction", 0.75);
		assertThat(reading.get("?seen=" + removed.cursor()).text()).isEqualTo(removed.text());
		assertThat(reading.get("/history?limit=1").at("/items/0/type").stringValue())
			.isEqualTo("reading-edition-changed");
		reading.get("?axis=occurred&asOf=" + changed.cursor()).assertStatus(200).assertMember("/edition", ISBN);
		assertThat(this.reader.eventTypes()).containsExactly("reading-started", "position-reported",
				"reading-edition-changed", "position-reported", "reading-edition-changed");
	}

	@Test
	void patchOfReadingNeedsItsCurrentVersion() {
		TestReading reading = startReading(ISBN);
		reading.patch("{\"edition\":null}").assertProblem(428, "precondition-required");
		reading.ifMatch("\"7\"").patch("{\"edition\":null}").assertProblem(412, "precondition-failed");
		this.reader.reading(UUID.randomUUID().toString()).patch("{\"edition\":null}").assertProblem(404, "not-found");
		PROGRESS.newReader()
			.reading(reading.id())
			.ifMatch("*")
			.patch("{\"edition\":\"" + ISBN + "\"}")
			.assertProblem(404, "not-found");
		assertThat(this.reader.eventCount()).isOne();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"edition":"nonsense"}                       | /edition
			{"edition":""}                               | /edition
			{"edition":7}                                | /edition
			{"edition":{"label":"2nd edition"}}          | /edition
			{"edition":null,"status":"finished"}         | /status
			{"edition":null,"occurredAt":"yesterday"}    | /occurredAt
			""")
	void invalidPatchIsRejectedWithPointer(String patch, String pointer) {
		startReading(ISBN).ifMatch("*").patch(patch).assertInvalidMember(pointer);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "7", "{", "null" })
	void rejectsMalformedPatch(String patch) {
		startReading(ISBN).ifMatch("*").patch(patch).assertProblem(400, "malformed");
	}

	@Test
	void editionOfFinishedReadingIsChangedWhenItWasTold() {
		TestReading reading = startReading(ISBN);
		reading.finish().assertStatus(200);
		reading.ifMatch("*")
			.patch("{\"edition\":\"draft\",\"occurredAt\":\"2020-01-01T00:00:00Z\"}")
			.assertStatus(200)
			.assertMember("/status", "finished")
			.assertMember("/edition", "draft, PDF")
			.assertMember("/pages", null);
	}

	@Test
	void allowNamesPatch() {
		TestReading reading = startReading(ISBN);
		TestApiResponse options = this.reader.client().send(HttpMethod.OPTIONS, reading.path()).block(HANG_LIMIT);
		assertThat(options).isNotNull();
		assertThat(List.of(options.header("Allow").split(","))).map(String::strip).contains("GET", "PATCH");
	}

	private TestReading startReading(String edition) {
		String id = UUID.randomUUID().toString();
		start(id, edition).assertStatus(201);
		return this.reader.reading(id);
	}

	private TestApiResponse start(String id, String edition) {
		return this.reader.post("/readings",
				"{\"book\":\"with-editions\",\"edition\":\"%s\",\"id\":\"%s\",\"again\":true}".formatted(edition, id));
	}

}
