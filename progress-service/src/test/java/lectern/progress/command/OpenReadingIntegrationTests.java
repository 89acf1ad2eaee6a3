package lectern.progress.command;

import java.util.List;
import java.util.UUID;

import lectern.progress.ReadingFixture;
import lectern.progress.TestReading;
import lectern.web.IdempotencyKey;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One open reading of a book, over HTTP. The reader has started a book on another device.
 */
class OpenReadingIntegrationTests extends ReadingFixture {

	private static final String START = "{\"book\":\"a-book\"}";

	private static final String START_AGAIN = "{\"book\":\"a-book\",\"again\":true}";

	/** The id that this device chose for its start. */
	private final String alias = UUID.randomUUID().toString();

	@BeforeAll
	static void addOtherBook() {
		PROGRESS.addBook("other-book", "Other Book", "Somebody");
	}

	@Test
	void startIsAnsweredByOpenReading() {
		this.reading.report(0.3).assertStatus(200);
		TestApiResponse started = this.reader.post("/readings", START)
			.assertStatus(200)
			.assertVersion(2)
			.assertCursor()
			.assertHeader("Location", this.reading.path())
			.assertMember("/id", this.reading.id())
			.assertMember("/version", 2);
		assertThat(this.reading.get("?seen=" + started.cursor()).text()).isEqualTo(started.text());
		assertThat(this.reader.eventTypes()).containsExactly("reading-started", "position-reported");
		PROGRESS.newReader().post("/readings", START).assertStatus(201);
		this.reader.post("/readings", "{\"book\":\"other-book\"}").assertStatus(201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/finish", "/abandon" })
	void startAfterTheEndIsNewReading(String command) {
		this.reading.command(command).assertStatus(200);
		assertThat(id(this.reader.post("/readings", START).assertStatus(201))).isNotEqualTo(this.reading.id());
	}

	@Test
	void latestOfSeveralOpenReadingsAnswers() {
		TestReading second = this.reader
			.reading(id(this.reader.post("/readings", START_AGAIN).assertStatus(201).assertVersion(1)));
		assertThat(second.id()).isNotEqualTo(this.reading.id());
		this.reader.post("/readings", START).assertStatus(200).assertMember("/id", second.id());
		second.finish().assertStatus(200);
		this.reader.post("/readings", START).assertStatus(200).assertMember("/id", this.reading.id());
	}

	@Test
	void againMustBeBoolean() {
		this.reader.post("/readings", "{\"book\":\"a-book\",\"again\":\"yes\"}").assertInvalidMember("/again");
		this.reading.command("/reopen", "{\"again\":1}").assertInvalidMember("/again");
		this.reading.command("/finish", "{\"again\":true}").assertInvalidMember("/again");
	}

	@Test
	void keyReplaysAnswerOfOpenReading() {
		TestApiResponse first = this.reader.idempotencyKey("start").post("/readings", START).assertStatus(200);
		this.reading.report(0.5).assertStatus(200);
		this.reading.finish().assertStatus(200);
		TestApiResponse again = this.reader.idempotencyKey("start")
			.post("/readings", START)
			.assertStatus(200)
			.assertHeader(IdempotencyKey.REPLAYED, "true")
			.assertHeader("Location", first.location())
			.assertHeader("Cursor", first.cursor())
			.assertVersion(1);
		assertThat(again.text()).isEqualTo(first.text());
		this.reader.idempotencyKey("start").post("/readings", START_AGAIN).assertProblem(422, "idempotency-key-reused");
	}

	/** A device was offline while another one began the book. */
	@Test
	void reportsUnderIdOfOfflineStartGoToOpenReading() {
		startWithAlias("a-book").assertStatus(200).assertMember("/id", this.reading.id());
		TestReading offline = this.reader.reading(this.alias);
		for (int number = 1; number <= 50; number++) {
			TestReading each = (number % 2 == 0) ? offline : offline.idempotencyKey("report-" + number);
			each.report(number / 100.0)
				.assertStatus(200)
				.assertMember("/moved", true)
				.assertMember("/reading/id", this.reading.id())
				.assertVersion(number + 1);
		}
		assertThat(this.reader.eventCount()).isEqualTo(51);
		startWithAlias("a-book").assertStatus(200).assertVersion(51);
	}

	@Test
	void linesUnderIdOfOfflineStartGoToOpenReading() {
		StringBuilder list = new StringBuilder(
				"{\"key\":\"s\",\"type\":\"start\",\"book\":\"a-book\",\"id\":\"%s\"}\n".formatted(this.alias));
		for (int number = 1; number <= 50; number++) {
			list.append("{\"key\":\"%d\",\"type\":\"report\",\"reading\":\"%s\",\"fraction\":%s}\n".formatted(number,
					this.alias, number / 100.0));
		}
		list.append("{\"key\":\"f\",\"type\":\"finish\",\"reading\":\"%s\"}\n".formatted(this.alias));
		for (int repeat = 0; repeat < 2; repeat++) {
			String answers = list(list.toString());
			assertThat(answers).contains("\"through\":52").doesNotContain("problem");
			assertThat(this.reader.eventCount()).isEqualTo(52);
		}
		this.reading.report("{\"fraction\":0.6}").assertProblem(409, "reading-finished");
	}

	@Test
	void reopeningIsRefusedInListAndTheOtherLinesAreStored() {
		this.reading.finish().assertStatus(200);
		String other = id(this.reader.post("/readings", START).assertStatus(201));
		String answers = list("""
				{"key":"1","type":"reopen","reading":"%1$s"}
				{"key":"2","type":"report","reading":"%2$s","fraction":0.5}
				{"key":"3","type":"reopen","reading":"%1$s","again":true}
				""".formatted(this.reading.id(), other));
		assertThat(answers).contains("\"line\":1", "/problems/other-reading-open", "\"reading\":\"" + other + "\"")
			.doesNotContain("\"line\":2", "\"line\":3");
		assertThat(this.reader.eventTypes()).containsExactly("reading-started", "reading-finished", "reading-started",
				"position-reported", "reading-reopened");
	}

	private String list(String lines) {
		return this.reader.client()
			.contentType("application/x-ndjson")
			.post(this.reader.path() + "/commands", lines)
			.assertStatus(200)
			.text();
	}

	@Test
	void aliasIsTakenInEveryAddress() {
		startWithAlias("a-book").assertStatus(200);
		TestReading offline = this.reader.reading(this.alias);
		String cursor = offline.ifMatch("\"1\"").report(0.5).assertStatus(200).cursor();
		offline.ifMatch("\"1\"").report(0.6).assertProblem(412, "precondition-failed").assertVersion(2);
		for (String below : List.of("?seen=" + cursor, "?asOf=" + cursor, "/history")) {
			String own = this.reading.get(below).assertStatus(200).text();
			assertThat(offline.get(below).assertStatus(200).text()).as(below).isEqualTo(own);
		}
		offline.get("/forecast").assertStatus(200);
		offline.as(this.reader.client().ifMatch("*")).patch("{\"edition\":\"none\"}").assertInvalidMember("/edition");
		offline.command("/what-if", "{\"commands\":[{\"type\":\"finish\"}]}").assertStatus(200);
		offline.plan("2099-01-01T00:00:00Z").assertStatus(201);
		offline.ifMatch("*").removePlan().assertStatus(200);
		offline.report(0.9).assertStatus(200);
		offline.restore(cursor).assertStatus(200).assertMember("/reading/id", this.reading.id());
		offline.finish().assertStatus(200).assertMember("/id", this.reading.id());
		offline.reopen().assertStatus(200);
		TestReading ofOther = PROGRESS.newReader().reading(this.alias);
		ofOther.get().assertProblem(404, "not-found");
		ofOther.report(0.5).assertProblem(404, "not-found");
		ofOther.restore(cursor).assertProblem(404, "not-found");
	}

	@Test
	void aliasStaysThatOfItsReading() {
		startWithAlias("a-book").assertStatus(200);
		this.reading.finish().assertStatus(200);
		startWithAlias("a-book").assertStatus(200)
			.assertMember("/id", this.reading.id())
			.assertMember("/status", "finished");
		startWithAlias("other-book").assertProblem(409, "reading-id-taken");
		PROGRESS.newReader()
			.post("/readings", "{\"book\":\"a-book\",\"id\":\"%s\"}".formatted(this.alias))
			.assertProblem(409, "reading-id-taken");
		assertThat(this.reader.eventCount()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "/finish,/reopen", "/abandon,/resume" })
	void closedReadingIsNotReopenedWhileAnotherIsOpen(String close, String reopen) {
		this.reading.command(close).assertStatus(200);
		String other = id(this.reader.post("/readings", START).assertStatus(201));
		TestApiResponse refused = this.reading.command(reopen)
			.assertProblem(409, "other-reading-open")
			.assertMember("/reading", other)
			.assertMember("/members", null);
		assertThat(refused.header("Link"))
			.isEqualTo("<%s>; rel=\"related\"".formatted(this.reader.reading(other).path()));
		this.reading.command(reopen, "{\"again\":true}").assertStatus(200).assertMember("/status", "reading");
		this.reader.post("/readings", START).assertStatus(200).assertMember("/id", this.reading.id());
	}

	private TestApiResponse startWithAlias(String book) {
		return this.reader.post("/readings", "{\"book\":\"%s\",\"id\":\"%s\"}".formatted(book, this.alias));
	}

	private static String id(TestApiResponse started) {
		return started.at("/id").stringValue();
	}

}
