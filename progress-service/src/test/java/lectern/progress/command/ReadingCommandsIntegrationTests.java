package lectern.progress.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import lectern.progress.ReadingFixture;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all commands on a reading have in common over HTTP, and the lifecycle commands.
 */
class ReadingCommandsIntegrationTests extends ReadingFixture {

	private static final String LATER = "2099-01-01T12:00:00Z";

	@Test
	void finishesAndReopensReading() {
		assertSuccess(this.reading.finish()).assertMember("/status", "finished")
			.assertVersion(2)
			.assertMember("/version", 2);
		this.reading.report(0.5).assertProblem(409, "reading-finished");
		assertSuccess(this.reading.command("/reopen", "{}")).assertMember("/status", "reading")
			.assertMember("/finishedAt", null);
		assertSuccess(this.reading.report(0.5)).assertMember("/moved", true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/finish", "/abandon", "/reopen", "/resume" })
	void commandsAreDatedLikeReports(String command) {
		if (command.equals("/reopen")) {
			this.reading.finish().assertStatus(200);
		}
		else if (command.equals("/resume")) {
			this.reading.abandon().assertStatus(200);
		}
		Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
		String json = "{\"occurredAt\":\"%s\",\"sentAt\":\"%s\"}";
		assertSuccess(this.reading.command(command, json.formatted(now, now)));
		String occurredAt = this.reading.get("/history").assertStatus(200).at("/items/0/occurredAt").stringValue();
		assertThat(Instant.parse(occurredAt)).isBetween(now, Instant.now());
		this.reading.command(command, "{\"occurredAt\":\"yesterday\"}").assertInvalidMember("/occurredAt");
		this.reading.command(command, "{\"when\":\"now\"}").assertInvalidMember("/when");
	}

	@Test
	void finishIsDatedWhenItOccurred() {
		Instant yesterday = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MICROS);
		assertSuccess(this.reading.command("/finish", "{\"occurredAt\":\"%s\"}".formatted(yesterday)))
			.assertMember("/finishedAt", yesterday.toString());
	}

	/** {@code curl -d ''} adds the type of a form. */
	@Test
	void formIsRejectedButItsTypeWithoutContentIsIgnored() {
		TestApiClient form = this.reader.client().contentType("application/x-www-form-urlencoded");
		String path = this.reading.path();
		for (String command : List.of("/finish", "/reopen", "/abandon", "/resume")) {
			form.post(path + command, "a=b").assertProblem(415, "unsupported-media-type");
			form.post(path + command, "").assertStatus(200);
		}
	}

	@Test
	void abandonsAndResumesReading() {
		assertSuccess(this.reading.abandon()).assertMember("/status", "abandoned");
		this.reading.report(0.5).assertProblem(409, "reading-abandoned");
		this.reading.finish().assertProblem(409, "reading-abandoned");
		assertSuccess(this.reading.resume()).assertMember("/status", "reading");
	}

	@ParameterizedTest
	@CsvSource({ "/finish,/finish", "/abandon,/abandon", "/finish,/reopen", "/abandon,/resume" })
	void repeatedCommandHasSameResponseAndStoresNoEvent(String first, String second) {
		this.reading.command(first).assertStatus(200);
		TestApiResponse once = assertSuccess(this.reading.command(second));
		long events = this.reader.eventCount();
		assertThat(assertSuccess(this.reading.command(second)).json()).isEqualTo(once.json());
		assertThat(this.reader.eventCount()).isEqualTo(events);
	}

	@Test
	void staleIfMatchIsRejectedWithCurrentEntityTag() {
		this.reading.report(0.3).assertStatus(200);
		this.reading.ifMatch("\"1\"").finish().assertProblem(412, "precondition-failed").assertVersion(2);
		assertSuccess(this.reading.ifMatch("\"1\", \"2\"").finish()).assertMember("/version", 3);
	}

	static Stream<Arguments> allCommands() {
		return Stream.of(Arguments.of("/positions", "{\"fraction\":0.5}"),
				Arguments.of("/restore", "{\"to\":\"2026-01-01T00:00:00Z\"}"), Arguments.of("/finish", "{}"),
				Arguments.of("/reopen", "{}"), Arguments.of("/abandon", "{}"), Arguments.of("/resume", "{}"),
				Arguments.of("/plan", "{\"finishBy\":\"" + LATER + "\"}"));
	}

	@ParameterizedTest
	@MethodSource("allCommands")
	void rejectsStaleIfMatchOfEveryCommand(String command, String content) {
		for (String stale : List.of("\"0\"", "\"2\"", "W/\"1\"", "1", "nonsense")) {
			this.reading.ifMatch(stale).command(command, content).assertProblem(412, "precondition-failed");
		}
		assertUnchanged();
	}

	@Test
	void otherReadersReadingDoesNotExposeItsVersion() {
		TestReader other = PROGRESS.newReader();
		TestReading underOther = other.reading(this.reading.id());
		for (String command : List.of("/finish", "/reopen", "/abandon", "/resume")) {
			underOther.ifMatch("\"7\"").command(command).assertProblem(404, "not-found").assertHeader("ETag", null);
			this.reading.as(other.client()).command(command).assertProblem(403, "forbidden");
		}
		underOther.restore("2026-01-01T00:00:00Z").assertProblem(404, "not-found");
		underOther.ifMatch("*").plan(LATER).assertProblem(404, "not-found");
		assertUnchanged();
	}

	@ParameterizedTest
	@MethodSource("allCommands")
	void commandOnOtherReadersReadingIsForbidden(String command, String content) {
		this.reading.as(PROGRESS.newReader().client())
			.ifMatch("*")
			.command(command, content)
			.assertProblem(403, "forbidden");
		this.reading.as(PROGRESS.anonymous())
			.ifMatch("*")
			.command(command, content)
			.assertProblem(401, "unauthenticated");
		assertUnchanged();
	}

	@Test
	void readingOfRemovedBookCanBeFinished() {
		PROGRESS.addBook("out-of-print", "Out of Print", "Somebody");
		TestReading removed = this.reader.start("out-of-print");
		PROGRESS.catalog().removeBook("out-of-print");
		PROGRESS.awaitCatalog();
		assertSuccess(removed.report(0.5)).assertMember("/moved", true);
		removed.plan(LATER).assertStatus(201).assertMember("/plan/finishBy", LATER);
		assertSuccess(removed.finish()).assertMember("/book/title", "Out of Print");
		this.reader.post("/readings", "{\"book\":\"out-of-print\"}").assertProblem(409, "unknown-book");
	}

	static Stream<Arguments> invalidRequests() {
		String finishBy = "{\"finishBy\":%s}";
		String to = "{\"to\":%s}";
		return Stream.of(Arguments.of("/restore", "{}", "/to"), Arguments.of("/restore", to.formatted("null"), "/to"),
				Arguments.of("/restore", to.formatted("7"), "/to"), Arguments.of("/restore", to.formatted("[]"), "/to"),
				Arguments.of("/restore", to.formatted("{}"), "/to"),
				Arguments.of("/restore", to.formatted("true"), "/to"),
				Arguments.of("/restore", to.formatted("\"a\\u0000b\""), "/to"),
				Arguments.of("/restore", to.formatted("\"" + "x".repeat(101) + "\""), "/to"),
				Arguments.of("/restore", "{\"from\":\"x\"}", "/from"), Arguments.of("/plan", "{}", "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("null"), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("1"), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("[\"" + LATER + "\"]"), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"soon\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"2099-02-30T12:00:00Z\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"1969-12-31T23:59:59Z\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"+12345-01-01T00:00:00Z\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"" + LATER + " ".repeat(1_000) + "\""), "/finishBy"),
				Arguments.of("/plan", "{\"finishBy\":\"" + LATER + "\",\"pace\":3}", "/pace"));
	}

	@ParameterizedTest
	@MethodSource("invalidRequests")
	void invalidRequestIsRejectedWithPointer(String command, String content, String pointer) {
		this.reading.command(command, content).assertInvalidMember(pointer);
		assertUnchanged();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "nonsense", "[]", "7", "\"text\"", "null" })
	void rejectsMalformedBody(String content) {
		this.reading.command("/restore", content).assertProblem(400, "malformed");
		this.reading.putPlan(content).assertProblem(400, "malformed");
		this.reader.post("/readings", content).assertProblem(400, "malformed");
		assertUnchanged();
	}

	static Stream<String> commandsWithoutBody() {
		return Stream.of("/finish", "/reopen", "/abandon", "/resume");
	}

	@ParameterizedTest
	@MethodSource("commandsWithoutBody")
	void commandWithoutBodyRejectsMembers(String command) {
		for (String member : List.of("{\"at\":\"now\"}", "{\"at\":null}", "{\"\":{}}")) {
			this.reading.command(command, member).assertProblem(422, "invalid");
		}
		for (String malformed : List.of("[]", "{", "7", "\"text\"", "true", "nonsense")) {
			this.reading.command(command, malformed).assertProblem(400, "malformed");
		}
		assertUnchanged();
		this.reader.reading(UUID.randomUUID().toString()).command(command).assertProblem(404, "not-found");
		this.reading.get(command).assertProblem(405, "method-not-allowed");
	}

	private static TestApiResponse assertSuccess(TestApiResponse response) {
		assertThat(response.assertStatus(200).assertCursor().etag()).isNotEmpty();
		return response;
	}

	/** Assert that the log has nothing of the reader but the start of the reading. */
	private void assertUnchanged() {
		assertThat(this.reader.eventTypes()).containsExactly("reading-started");
	}

}
