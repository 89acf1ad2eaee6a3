package lectern.progress.command;

import java.time.Duration;
import java.util.List;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.IdempotencyKey;
import lectern.web.TestApiResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Passing and waiving gates over HTTP. */
class GateIntegrationTests {

	/** Basics needs both books; practice needs any two of three, and basics resolved. */
	static final String GATES = """
			[{"id":"basics","title":"Basics","needs":[],"rule":{"type":"all"},
			"steps":[{"book":"python","note":"Slowly"},{"book":"git"}]},
			{"id":"practice","title":"Practice","needs":["basics"],"rule":{"type":"any","count":2},
			"steps":[{"book":"tdd"},{"book":"ddd"},{"book":"sicp"}]}]""";

	private static final String PATH = "/paths/architect";

	private static final String WAIVE = PATH + "/gates/basics/waive";

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.newReader();

	@BeforeAll
	static void addBooksAndPath() {
		for (String book : List.of("python", "git", "tdd", "ddd", "sicp")) {
			PROGRESS.catalog().putBook(book, "Book " + book, "Somebody");
		}
		PROGRESS.catalog().putPath("architect", 1, GATES);
		PROGRESS.awaitCatalog();
	}

	@Test
	void joiningPassesGatesOfFinishedBooks() {
		finish("python");
		finish("git");
		finish("sicp");
		assertStates(this.reader.put(PATH).assertStatus(201).assertMember("/gates/1/steps/2/finished", true),
				"passed open");
	}

	@Test
	void passedGateStaysPassedAfterReopen() {
		join(PATH);
		finish("python");
		TestReading git = finish("git");
		awaitStates(PATH, "passed open");
		git.reopen().assertStatus(200);
		assertStates(this.reader.get(PATH).assertMember("/gates/0/steps/1/finished", false), "passed open");
		this.reader.start("python");
		assertStates(this.reader.get(PATH), "passed open");
	}

	@Test
	void passedGateStaysPassedAfterRemoval() {
		join(PATH);
		finish("python");
		TestReading git = finish("git");
		awaitStates(PATH, "passed open");
		String before = this.reader.get(PATH).etag();
		this.reader.ifMatch("*").delete("/readings/" + git.id()).assertStatus(200);
		TestApiResponse after = this.reader.get(PATH).assertMember("/gates/0/steps/1/finished", false);
		assertStates(after, "passed open");
		assertThat(after.etag()).isNotEqualTo(before);
	}

	@Test
	void returnedReadingPassesGate() {
		finish("python");
		TestReading git = finish("git");
		String undo = this.reader.ifMatch("*").delete("/readings/" + git.id()).at("/undo").stringValue();
		assertStates(this.reader.put(PATH).assertStatus(201), "open closed");
		this.reader.post("/undo", "{\"undo\":\"%s\"}".formatted(undo)).assertStatus(200);
		awaitStates(PATH, "passed open");
	}

	@Test
	void finishedStepChangesEntityTag() {
		String before = join(PATH).etag();
		finish("python");
		assertThat(this.reader.get(PATH).etag()).isNotEqualTo(before);
		this.reader.ifMatch(before).delete(PATH).assertProblem(412, "precondition-failed");
	}

	@Test
	void relaxedPathPassesGatesAndStricterPathClosesNone() {
		String changing = "/paths/changing";
		PROGRESS.catalog().putPath("changing", 1, GATES);
		PROGRESS.awaitCatalog();
		join(changing);
		finish("python");
		PROGRESS.catalog()
			.putPath("changing", 2, GATES.replace("{\"type\":\"all\"}", "{\"type\":\"any\",\"count\":1}"));
		awaitStates(changing, "passed open");
		PROGRESS.catalog()
			.putPath("changing", 3, GATES.replace("{\"book\":\"git\"}", "{\"book\":\"git\"},{\"book\":\"tdd\"}"));
		PROGRESS.awaitCatalog();
		PROGRESS.awaitTrue("select count(*) = 0 from changed_path");
		assertStates(this.reader.get(changing), "passed open");
	}

	@Test
	void removedPathStillPassesGatesOfMembers() {
		String removed = "/paths/removed-with-members";
		PROGRESS.catalog().putPath("removed-with-members", 1, GATES);
		PROGRESS.awaitCatalog();
		join(removed);
		PROGRESS.catalog().removePath("removed-with-members");
		PROGRESS.awaitCatalog();
		finish("python");
		finish("git");
		awaitStates(removed, "passed open");
	}

	/** Readings of a removed book continue; only new ones cannot be started. */
	@Test
	void removedBookStillPassesItsGate() {
		PROGRESS.catalog().putBook("removed-book", "Removed Book", "Somebody");
		PROGRESS.addPath("path-with-removed-book", "removed-book");
		join("/paths/path-with-removed-book");
		TestReading reading = this.reader.start("removed-book");
		PROGRESS.catalog().removeBook("removed-book");
		PROGRESS.awaitCatalog();
		reading.finish().assertStatus(200);
		awaitStates("/paths/path-with-removed-book", "passed");
	}

	@Test
	void waivedGateOpensAndPassesOthers() {
		finish("tdd");
		finish("ddd");
		join(PATH);
		TestApiResponse waived = this.reader.post(WAIVE, "{}").assertStatus(200).assertCursor();
		assertStates(waived, "waived passed");
		TestApiResponse again = this.reader.ifMatch(waived.etag()).post(WAIVE).assertStatus(200).assertCursor();
		assertThat(again.json()).isEqualTo(waived.json());
		assertThat(again.etag()).isEqualTo(waived.etag());
	}

	@Test
	void rejectsInvalidWaive() {
		this.reader.post(WAIVE).assertProblem(404, "not-found");
		join(PATH);
		for (String gate : List.of("no-such-gate", "'", "Basics", "x".repeat(5_000))) {
			this.reader.post(PATH + "/gates/" + gate + "/waive").assertProblem(404, "not-found");
		}
		this.reader.ifMatch("\"99\"").post(WAIVE).assertProblem(412, "precondition-failed");
		assertThat(this.reader.eventTypes()).containsExactly("path-joined");
	}

	@Test
	void duplicateWaiveIsReplayedAfterPathWasLeft() {
		join(PATH);
		TestReader keyed = this.reader.idempotencyKey("a-waiver");
		TestApiResponse first = keyed.post(WAIVE, "{}").assertStatus(200);
		this.reader.ifMatch("*").delete(PATH).assertStatus(204);
		TestApiResponse again = keyed.post(WAIVE)
			.assertStatus(200)
			.assertHeader(IdempotencyKey.REPLAYED, "true")
			.assertHeader("Cursor", first.cursor())
			.assertHeader("ETag", first.etag());
		assertThat(again.json()).isEqualTo(first.json());
	}

	@Test
	void rejectsWaiveWithKeyOfAnotherCommand() {
		join(PATH);
		TestReader keyed = this.reader.idempotencyKey("of-one-waiver");
		keyed.post(WAIVE).assertStatus(200);
		long before = this.reader.eventCount();
		keyed.post(PATH + "/gates/practice/waive").assertProblem(422, "idempotency-key-reused");
		keyed.post("/readings", "{\"book\":\"git\"}").assertProblem(422, "idempotency-key-reused");
		assertThat(this.reader.eventCount()).isEqualTo(before);
	}

	@Test
	void passedGatesSurviveLeavingAndRejoining() {
		finish("python");
		finish("git");
		String tag = join(PATH).etag();
		this.reader.ifMatch(tag).delete(PATH).assertStatus(204);
		TestApiResponse rejoined = join(PATH);
		assertStates(rejoined, "passed open");
		assertThat(rejoined.etag()).isNotEqualTo(tag);
	}

	@Test
	void leftPathPassesNoGates() {
		join(PATH);
		this.reader.ifMatch("*").delete(PATH).assertStatus(204);
		finish("python");
		finish("git");
		PROGRESS.awaitTrue("""
				select position >= (select max(position) from event where type = 'reading-finished')
				from process_manager where name = 'gates'
				""");
		assertThat(this.reader.eventTypes()).filteredOn((type) -> !type.startsWith("reading-"))
			.containsExactly("path-joined", "path-left");
	}

	private TestApiResponse join(String path) {
		return this.reader.put(path).assertStatus(201).assertCursor();
	}

	private TestReading finish(String book) {
		TestReading reading = this.reader.start(book);
		reading.finish().assertStatus(200);
		return reading;
	}

	/** Wait, because gates pass shortly after the event that makes them pass. */
	private void awaitStates(String path, String states) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.pollInterval(Duration.ofMillis(20))
			.untilAsserted(() -> assertStates(this.reader.get(path), states));
	}

	private static void assertStates(TestApiResponse response, String expected) {
		assertThat(response.at("/gates").valueStream().map((gate) -> gate.path("state").stringValue()))
			.as(response::toString)
			.containsExactly(expected.split(" "));
	}

}
