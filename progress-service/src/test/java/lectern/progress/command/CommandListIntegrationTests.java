package lectern.progress.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.StreamedRequest;
import lectern.web.TestApiResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists of commands over HTTP. */
class CommandListIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.newReader();

	@BeforeAll
	static void addBook() {
		PROGRESS.addBook("listed-book", "A Book", "Somebody");
		PROGRESS.addBook("other-book", "Another Book", "Somebody");
		PROGRESS.addBook("paged-book", "Paged", "Somebody",
				"[{\"label\":\"1st\",\"pages\":500},{\"label\":\"2nd\",\"pages\":400}]");
	}

	@Test
	void commandsOfEveryKindAreExecutedInOrder() {
		UUID id = UUID.randomUUID();
		List<JsonNode> answers = execute("""
				{"key":"1","type":"start","book":"listed-book","id":"%1$s","occurredAt":"2026-01-01T10:00:00Z"}
				{"key":"2","type":"report","reading":"%1$s","fraction":0.2,"occurredAt":"2026-01-01T11:00:00Z"}
				{"key":"3","type":"report","reading":"%1$s","fraction":0.6,"occurredAt":"2026-01-01T12:00:00Z"}

				{"key":"4","type":"finish","reading":"%1$s","occurredAt":"2026-01-02T10:00:00Z"}
				{"key":"5","type":"reopen","reading":"%1$s","occurredAt":"2026-01-03T10:00:00Z"}
				{"key":"6","type":"plan","reading":"%1$s","finishBy":"2100-01-01T00:00:00Z"}
				{"key":"7","type":"remove-plan","reading":"%1$s"}
				{"key":"8","type":"restore","reading":"%1$s","to":"2026-01-01T11:30:00Z","axis":"occurred"}
				{"key":"9","type":"abandon","reading":"%1$s"}
				{"key":"10","type":"resume","reading":"%1$s"}
				""".formatted(id));

		assertThat(answers).noneMatch((answer) -> answer.has("problem"));
		assertThat(answers.getLast().at("/through").asInt()).isEqualTo(11);
		get(this.reader.reading(id.toString()), answers.getLast()).assertStatus(200)
			.assertMember("/status", "reading")
			.assertMember("/startedAt", "2026-01-01T10:00:00Z")
			.assertMember("/position/fraction", 0.2)
			.assertMember("/furthest/fraction", 0.2);
		assertThat(this.reader.eventTypes()).containsExactly("reading-started", "position-reported",
				"position-reported", "reading-finished", "reading-reopened", "plan-set", "plan-removed",
				"position-restored", "reading-abandoned", "reading-resumed");
	}

	@Test
	void editionIsChangedAndPagesAreRelatedToIt() {
		UUID id = UUID.randomUUID();
		List<JsonNode> answers = execute("""
				{"key":"1","type":"start","book":"paged-book","id":"%1$s","edition":"1st"}
				{"key":"2","type":"report","reading":"%1$s","page":50}
				{"key":"3","type":"change-edition","reading":"%1$s","edition":"2nd"}
				{"key":"4","type":"report","reading":"%1$s","page":100}
				{"key":"5","type":"report","reading":"%1$s","page":401}
				{"key":"6","type":"change-edition","reading":"%1$s","edition":"3rd"}
				{"key":"7","type":"change-edition","reading":"%1$s"}
				{"key":"8","type":"change-edition","reading":"%1$s","edition":null}
				{"key":"9","type":"report","reading":"%1$s","page":100}
				""".formatted(id));

		assertThat(refusals(answers)).containsExactly("5 5 invalid 422 /page", "6 6 invalid 422 /edition",
				"7 7 invalid 422 /edition", "9 9 invalid 422 /page");
		get(this.reader.reading(id.toString()), answers.getLast()).assertStatus(200)
			.assertMember("/edition", null)
			.assertMember("/position/fraction", 0.25)
			.assertMember("/position/page", null)
			.assertMember("/furthest/fraction", 0.25);
		assertThat(this.reader.eventTypes()).containsExactly("reading-started", "position-reported",
				"reading-edition-changed", "position-reported", "reading-edition-changed");
	}

	@Test
	void startOfBookThatAnotherDeviceBeganContinuesIt() {
		TestReading begun = this.reader.start("listed-book");
		begun.report(0.1).assertStatus(200);
		TestReading chosen = this.reader.reading(UUID.randomUUID().toString());
		String list = "{\"key\":\"own-start\",\"type\":\"start\",\"book\":\"listed-book\",\"id\":\"%s\"}%n"
			.formatted(chosen.id()) + reports(chosen, 50, (index) -> "own-" + index);

		List<JsonNode> answers = execute(list);

		assertThat(answers).noneMatch((answer) -> answer.has("problem"));
		get(begun, answers.getLast()).assertMember("/version", 52).assertMember("/position/fraction", 1);
		get(chosen, answers.getLast()).assertMember("/id", begun.id());
		assertThat(execute(list)).noneMatch((answer) -> answer.has("problem"));
		assertThat(this.reader.eventCount()).isEqualTo(52);
	}

	@Test
	void readingIsRemovedAndReturned() {
		TestReading reading = this.reader.start("listed-book");
		List<JsonNode> removed = execute(line("remove", reading, "r") + report(reading, "late", 0.5));
		assertThat(refusals(removed)).singleElement().asString().startsWith("2 late");
		String cursor = removed.getLast().at("/cursor").asString();
		reading.get("?seen=" + cursor).assertStatus(404);
		String undo = reading.ifMatch("*").remove().assertStatus(200).at("/undo").asString();

		List<JsonNode> returned = execute("{\"key\":\"u\",\"type\":\"undo\",\"undo\":\"" + undo + "\"}\n"
				+ report(reading, "after", 0.5) + "{\"key\":\"v\",\"type\":\"undo\",\"undo\":\"made-up\"}");

		assertThat(refusals(returned)).containsExactly("3 v invalid 422 /undo");
		get(reading, returned.getLast()).assertMember("/position/fraction", 0.5);
	}

	@Test
	void sameListAgainChangesNothing() {
		TestReading reading = this.reader.start("listed-book");
		String list = reports(reading, 300, (index) -> "k" + index) + line("finish", reading, "f");
		List<JsonNode> first = execute(list);
		assertThat(first).noneMatch((answer) -> answer.has("problem"));
		long events = this.reader.eventCount();

		List<JsonNode> again = execute(list);

		assertThat(again).noneMatch((answer) -> answer.has("problem"));
		assertThat(again.getLast().at("/through").asInt()).isEqualTo(301);
		assertThat(this.reader.eventCount()).isEqualTo(events).isEqualTo(302);
		get(reading, first.getLast()).assertMember("/status", "finished");
	}

	@Test
	void refusedLineLosesNoOther() {
		TestReading reading = this.reader.start("listed-book");
		TestReading foreign = PROGRESS.newReader().start("listed-book");
		String list = report(reading, "a", 0.1) + "not JSON\n" + report(foreign, "b", 0.2)
				+ report(reading, "c", 0.3).replace("0.3", "1.3") + report(reading, "a", 0.4) + "{\"type\":\"x\"}\n"
				+ "[]\n" + report(reading, "d", 0.5).replace("fraction", "fractoin") + "x".repeat(2_000_000) + "\n"
				+ report(reading, "e", 0.6).replace("}", ",\"ifMatch\":\"\\\"99\\\"\"}") + report(reading, "g", 0.7);

		List<JsonNode> answers = execute(list);

		assertThat(refusals(answers)).containsExactly("2 null malformed 400", "3 b not-found 404",
				"4 c invalid 422 /fraction", "5 a idempotency-key-reused 422", "6 null invalid 422 /key /type /reading",
				"7 null malformed 400", "8 d invalid 422 /fraction /fractoin", "9 null too-large 413",
				"10 e precondition-failed 412");
		assertThat(answers.getLast().at("/through").asInt()).isEqualTo(11);
		get(reading, answers.getLast()).assertMember("/position/fraction", 0.7).assertMember("/version", 3);
	}

	@Test
	void numbersAreReadAsInSingleRequests() {
		TestReading reading = this.reader.start("listed-book");
		String digits = "0.1234567890123456789";
		reading.idempotencyKey("digits").report("{\"fraction\":" + digits + "}").assertStatus(200);

		List<JsonNode> answers = execute(report(reading, "digits", 0.5).replace("0.5", digits)
				+ report(reading, "huge", 0.5).replace("0.5", "1e400")
				+ report(reading, "page", 0.5).replace("0.5", "0.5,\"page\":99999999999")
				+ report(reading, "good", 0.75));

		assertThat(refusals(answers)).containsExactly("2 huge invalid 422 /fraction", "3 page invalid 422 /page");
		get(reading, answers.getLast()).assertMember("/version", 3).assertMember("/position/fraction", 0.75);
	}

	@Test
	void commandSentBeforeByItselfIsTheSame() {
		TestReading reading = this.reader.start("listed-book");
		reading.idempotencyKey("sent-before").report("{\"fraction\":0.25}").assertStatus(200);

		List<JsonNode> answers = execute(report(reading, "sent-before", 0.25) + report(reading, "new", 0.5));

		assertThat(answers).noneMatch((answer) -> answer.has("problem"));
		get(reading, answers.getLast()).assertMember("/version", 3);
		reading.idempotencyKey("new").report("{\"fraction\":0.5}").assertHeader("Idempotency-Replayed", "true");
	}

	@Test
	void answersComeWhileListIsSent() throws IOException {
		TestReading reading = this.reader.start("listed-book");
		try (StreamedRequest request = open()) {
			for (int line = 1; line <= 3; line++) {
				request.send(report(reading, "s" + line, line * 0.1));
				assertThat(request.readLine()).contains("\"through\":" + line);
			}
			request.send(report(reading, "last", 0.9).stripTrailing()).end();
			String last = request.readLine();
			assertThat(last).contains("\"through\":4");
			assertThat(request.readLine()).isNull();
			get(reading, JsonMapper.shared().readTree(last)).assertMember("/position/fraction", 0.9);
		}
	}

	@Test
	void clientThatReadsOnlyAtTheEndIsServed() throws IOException {
		TestReading reading = this.reader.start("listed-book");
		try (StreamedRequest request = open()) {
			for (int part = 0; part < 60; part++) {
				int number = part;
				request.send(reports(reading, 100, (index) -> number + "-" + index) + "refused\n".repeat(15));
			}
			request.end();
			List<String> lines = new ArrayList<>();
			for (@Nullable
			String line = request.readLine(); line != null; line = request.readLine()) {
				lines.add(line);
			}
			assertThat(lines.getLast()).contains("\"through\":6900");
			assertThat(lines).filteredOn((line) -> line.contains("\"line\"")).hasSize(900);
			get(reading, JsonMapper.shared().readTree(lines.getLast())).assertMember("/version", 6001);
		}
	}

	@Test
	void cutConnectionLosesNoAnsweredLine() throws IOException {
		TestReading reading = this.reader.start("listed-book");
		StreamedRequest request = open();
		request.send(reports(reading, 200, (index) -> "c" + index));
		int answered = JsonMapper.shared().readTree(request.readLine()).at("/through").asInt();
		request.send(report(reading, "incomplete", 0.99).substring(0, 20));
		request.cut();

		assertThat(answered).isPositive();
		assertThat(this.reader.eventCount()).isGreaterThan(answered);
		assertThat(execute(reports(reading, 200, (index) -> "c" + index))).noneMatch((answer) -> answer.has("problem"));
		assertThat(this.reader.eventCount()).isEqualTo(201);
	}

	@Test
	void listEndsAfterThousandRefusals() throws IOException {
		TestReading reading = this.reader.start("listed-book");
		try (StreamedRequest request = open()) {
			request.send("nothing\n".repeat(1010) + report(reading, "after", 0.5));
			List<String> lines = new ArrayList<>();
			for (@Nullable
			String line = request.readLine(); line != null; line = request.readLine()) {
				lines.add(line);
			}
			assertThat(lines).filteredOn((line) -> line.contains("\"problem\"")).hasSize(1000);
			assertThat(lines.getLast()).contains("\"through\":1000");
		}
		assertThat(this.reader.eventCount()).isEqualTo(1);
	}

	@Test
	void readingsOfOneListDoNotWaitForEachOtherAndKeepTheirOrder() {
		TestReading first = this.reader.start("listed-book");
		TestReading second = this.reader.start("other-book");
		StringBuilder list = new StringBuilder();
		for (int index = 1; index <= 400; index++) {
			list.append(report((index % 2 == 0) ? first : second, "m" + index, index / 400.0));
		}

		List<JsonNode> answers = execute(list.toString());

		assertThat(answers).noneMatch((answer) -> answer.has("problem"));
		get(first, answers.getLast()).assertMember("/position/fraction", 1).assertMember("/version", 201);
		get(second, answers.getLast()).assertMember("/version", 201);
	}

	@Test
	void otherContentIsRejected() {
		this.reader.post("/commands", "{}").assertProblem(415, "unsupported-media-type");
		post(this.reader, "", "?x=1").assertInvalidParameter("x");
		assertThat(execute("")).singleElement().extracting((answer) -> answer.at("/through").asInt()).isEqualTo(0);
		PROGRESS.anonymous()
			.contentType("application/x-ndjson")
			.post(this.reader.path() + "/commands", "{}")
			.assertProblem(401, "unauthenticated");
		PROGRESS.newReader()
			.client()
			.contentType("application/x-ndjson")
			.post(this.reader.path() + "/commands", "{}")
			.assertProblem(403, "forbidden");
	}

	/** The reading as it is after the last answer. */
	private static TestApiResponse get(TestReading reading, JsonNode answer) {
		return reading.get("?seen=" + answer.at("/cursor").asString()).assertStatus(200);
	}

	private List<JsonNode> execute(String list) {
		return post(this.reader, list, "").assertStatus(200)
			.text()
			.lines()
			.map((line) -> JsonMapper.shared().readTree(line))
			.toList();
	}

	private static TestApiResponse post(TestReader reader, String list, String query) {
		return reader.client().contentType("application/x-ndjson").post(reader.path() + "/commands" + query, list);
	}

	private StreamedRequest open() throws IOException {
		return StreamedRequest.post(PROGRESS.port(), this.reader.path() + "/commands",
				List.of("Authorization: Bearer " + this.reader.token(), "Content-Type: application/x-ndjson"));
	}

	private static String reports(TestReading reading, int count, IntFunction<String> key) {
		return IntStream.rangeClosed(1, count)
			.mapToObj((index) -> report(reading, key.apply(index), (double) index / count))
			.collect(Collectors.joining());
	}

	private static String report(TestReading reading, String key, double fraction) {
		return "{\"key\":\"%s\",\"type\":\"report\",\"reading\":\"%s\",\"fraction\":%s}\n".formatted(key, reading.id(),
				fraction);
	}

	private static String line(String type, TestReading reading, String key) {
		return "{\"key\":\"%s\",\"type\":\"%s\",\"reading\":\"%s\"}\n".formatted(key, type, reading.id());
	}

	private static List<String> refusals(List<JsonNode> answers) {
		return answers.stream()
			.filter((answer) -> answer.has("problem"))
			.map((answer) -> answer.at("/line").asInt() + " " + answer.at("/key").asString("null") + " "
					+ answer.at("/problem/type").asString().replace("/problems/", "") + " "
					+ answer.at("/problem/status").asInt()
					+ answer.at("/problem/errors")
						.valueStream()
						.map((error) -> " " + error.at("/pointer").asString())
						.filter((pointer) -> answer.at("/problem/status").asInt() == 422 && !pointer.isBlank())
						.collect(Collectors.joining()))
			.toList();
	}

}
