package lectern.progress.command;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import lectern.progress.account.ProgressFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What is done to a reading that has begun, over HTTP. */
class ReadingCommandsIntegrationTests {

	private static final String READINGS = "/api/v1/readers/ada/readings";

	private static final String AFTERNOON = "2099-01-01T12:00:00Z";

	private static ProgressFixture progress;

	private static WebTestClient ada;

	private static WebTestClient eve;

	private String reading = "";

	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.addBook("a-book", "A Book", "Somebody");
		ada = progress.clientOf("ada");
		eve = progress.clientOf("eve");
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@BeforeEach
	void startReading() {
		start("a-book");
	}

	private void start(String book) {
		String id = UUID.randomUUID().toString();
		this.reading = READINGS + "/" + id;
		Map<?, ?> started = assertSuccess(
				send(ada, HttpMethod.POST, READINGS, "{\"book\":\"" + book + "\",\"id\":\"" + id + "\"}", null), 201);
		assertThat(started.get("status")).isEqualTo("reading");
	}

	@Test
	void finishesAndReopensReading() {
		Map<?, ?> finished = assertSuccess(command("/finish", null), 200);
		assertThat(finished.get("status")).isEqualTo("finished");
		assertThat(finished.get("version")).isEqualTo(2);
		assertThat(Instant.parse((String) finished.get("finishedAt"))).isBefore(Instant.now().plusSeconds(1));
		assertProblem(command("/positions", "{\"fraction\":0.5}"), 409, "reading-finished");
		Map<?, ?> reopened = assertSuccess(command("/reopen", "{}"), 200);
		assertThat(reopened.get("status")).isEqualTo("reading");
		assertThat(reopened.get("finishedAt")).isEqualTo(finished.get("finishedAt"));
		assertThat(assertSuccess(command("/positions", "{\"fraction\":0.5}"), 200).get("moved")).isEqualTo(true);
	}

	@Test
	void abandonsAndResumesReading() {
		assertThat(assertSuccess(command("/abandon", null), 200).get("status")).isEqualTo("abandoned");
		assertProblem(command("/positions", "{\"fraction\":0.5}"), 409, "reading-abandoned");
		assertProblem(command("/finish", null), 409, "reading-abandoned");
		assertThat(assertSuccess(command("/resume", null), 200).get("status")).isEqualTo("reading");
	}

	@ParameterizedTest
	@CsvSource({ "/finish,/finish", "/abandon,/abandon", "/finish,/reopen", "/abandon,/resume" })
	void repeatedCommandHasSameResponseAndStoresNoEvent(String first, String second) {
		command(first, null);
		Map<?, ?> once = assertSuccess(command(second, null), 200);
		assertThat(assertSuccess(command(second, null), 200)).isEqualTo(once);
	}

	@Test
	void restoresPositionAndUndoesRestore() {
		EntityExchangeResult<byte[]> early = command("/positions", "{\"fraction\":0.3}");
		command("/positions", "{\"fraction\":0.9,\"device\":{\"id\":\"stray\"}}");
		String cursor = Objects.requireNonNull(early.getResponseHeaders().getFirst("Cursor"));

		Map<?, ?> restored = assertSuccess(command("/restore", "{\"to\":\"" + cursor + "\"}"), 200);

		assertThat(fraction(restored)).isEqualTo(0.3);
		String late = "{\"fraction\":0.95,\"occurredAt\":\"" + Instant.now().minusSeconds(60) + "\"}";
		Map<?, ?> kept = assertSuccess(command("/positions", late), 200);
		assertThat(kept.get("moved")).isEqualTo(false);
		assertThat(kept.get("reason")).isEqualTo("occurred-before-restore");

		Map<?, ?> undone = assertSuccess(command("/restore", "{\"to\":\"" + restored.get("undo") + "\"}"), 200);

		assertThat(fraction(undone)).isEqualTo(0.9);
		assertThat(assertSuccess(command("/restore", "{\"to\":\"" + undone.get("undo") + "\"}"), 200))
			.satisfies((again) -> {
				assertThat(fraction(again)).isEqualTo(0.3);
				assertThat(again.get("undo")).isNotNull();
			});
	}

	@Test
	void restoresPositionAtInstant() {
		Map<?, ?> early = assertSuccess(command("/positions", "{\"fraction\":0.3}"), 200);
		String then = (String) ((Map<?, ?>) ((Map<?, ?>) Objects.requireNonNull(early.get("reading"))).get("position"))
			.get("receivedAt");
		command("/positions", "{\"fraction\":0.9}");
		assertThat(fraction(assertSuccess(command("/restore", "{\"to\":\"" + then + "\"}"), 200))).isEqualTo(0.3);
		Map<?, ?> again = assertSuccess(command("/restore", "{\"to\":\"" + then + "\"}"), 200);
		assertThat(again.containsKey("undo")).as("nothing to take back").isFalse();
	}

	@Test
	void duplicateReportIsStoredOnce() {
		String report = "{\"fraction\":0.4,\"occurredAt\":\"2026-01-01T12:00:00Z\",\"device\":{\"id\":\"d\"}}";
		assertThat(assertSuccess(command("/positions", report), 200).get("moved")).isEqualTo(true);
		EntityExchangeResult<byte[]> again = command("/positions", report);
		assertThat(assertSuccess(again, 200).get("reason")).isEqualTo("reported-already");
		assertThat(again.getResponseHeaders().getETag()).isEqualTo("\"2\"");
	}

	@Test
	void planIsCreatedAndReplacedWithIfMatch() {
		Map<?, ?> planned = assertSuccess(plan("{\"finishBy\":\"" + AFTERNOON + "\"}", null), 201);
		assertThat(planned.get("plan")).isEqualTo(Map.of("finishBy", AFTERNOON));
		String another = "{\"finishBy\":\"2099-06-01T12:00:00Z\"}";
		assertProblem(plan(another, null), 428, "precondition-required");
		assertProblem(plan(another, "\"1\""), 412, "precondition-failed");
		assertThat(assertSuccess(plan(another, "\"2\""), 200).get("version")).isEqualTo(3);
		assertThat(assertSuccess(plan(another, "*"), 200).get("version")).as("in effect already").isEqualTo(3);
	}

	@Test
	void staleIfMatchIsRejectedWithCurrentEntityTag() {
		command("/positions", "{\"fraction\":0.3}");
		EntityExchangeResult<byte[]> stale = send(ada, HttpMethod.POST, this.reading + "/finish", null, "\"1\"");
		assertProblem(stale, 412, "precondition-failed");
		assertThat(stale.getResponseHeaders().getETag()).isEqualTo("\"2\"");
		assertThat(assertSuccess(send(ada, HttpMethod.POST, this.reading + "/finish", null, "\"1\", \"2\""), 200)
			.get("version")).isEqualTo(3);
	}

	static Stream<Arguments> allCommands() {
		return Stream.of(Arguments.of("/positions", "{\"fraction\":0.5}"),
				Arguments.of("/restore", "{\"to\":\"2026-01-01T00:00:00Z\"}"), Arguments.of("/finish", "{}"),
				Arguments.of("/reopen", "{}"), Arguments.of("/abandon", "{}"), Arguments.of("/resume", "{}"),
				Arguments.of("/plan", "{\"finishBy\":\"" + AFTERNOON + "\"}"));
	}

	@ParameterizedTest
	@MethodSource("allCommands")
	void rejectsStaleIfMatchOfEveryCommand(String command, String content) {
		for (String stale : List.of("\"0\"", "\"2\"", "W/\"1\"", "1", "nonsense")) {
			EntityExchangeResult<byte[]> answer = command.equals("/plan") ? plan(content, stale)
					: send(ada, HttpMethod.POST, this.reading + command, content, stale);
			assertProblem(answer, 412, "precondition-failed");
			assertThat(version()).isEqualTo(1);
		}
	}

	@Test
	void otherReadersReadingDoesNotExposeItsVersion() {
		String hers = this.reading.replace("ada", "eve");
		for (String command : new String[] { "/finish", "/reopen", "/abandon", "/resume" }) {
			EntityExchangeResult<byte[]> told = send(eve, HttpMethod.POST, hers + command, null, "\"7\"");
			assertProblem(told, 404, "not-found");
			assertThat(told.getResponseHeaders().getETag()).isNull();
			assertProblem(send(eve, HttpMethod.POST, this.reading + command, null, null), 403, "forbidden");
		}
		assertProblem(send(eve, HttpMethod.POST, hers + "/restore", "{\"to\":\"2026-01-01T00:00:00Z\"}", null), 404,
				"not-found");
		assertProblem(send(eve, HttpMethod.PUT, hers + "/plan", "{\"finishBy\":\"" + AFTERNOON + "\"}", "*"), 404,
				"not-found");
		assertThat(version()).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource("allCommands")
	void commandOnOtherReadersReadingIsForbidden(String command, String content) {
		HttpMethod method = command.equals("/plan") ? HttpMethod.PUT : HttpMethod.POST;
		assertProblem(send(eve, method, this.reading + command, content, "*"), 403, "forbidden");
		assertProblem(send(progress.anonymousClient(), method, this.reading + command, content, "*"), 401,
				"unauthenticated");
		assertThat(version()).isEqualTo(1);
	}

	@Test
	void readingOfRemovedBookCanBeFinished() {
		progress.catalog().putBook("out-of-print", "Out of Print", "Somebody");
		progress.awaitTrue("select count(*) = 1 from book_replica where id = 'out-of-print'");
		start("out-of-print");
		progress.catalog().removeBook("out-of-print");
		progress.awaitTrue("select cursor = '" + progress.catalog().cursor() + "' from catalog_cursor");
		assertThat(assertSuccess(command("/positions", "{\"fraction\":0.5}"), 200).get("moved")).isEqualTo(true);
		assertThat(assertSuccess(plan("{\"finishBy\":\"" + AFTERNOON + "\"}", null), 201).get("plan")).isNotNull();
		assertThat(((Map<?, ?>) Objects.requireNonNull(assertSuccess(command("/finish", null), 200).get("book")))
			.get("title")).isEqualTo("Out of Print");
		assertProblem(send(ada, HttpMethod.POST, READINGS, "{\"book\":\"out-of-print\"}", null), 409, "unknown-book");
	}

	/** Of the clock of a device only the distance between its own times is believed. */
	@ParameterizedTest
	@CsvSource({ "P365D, true, PT1M", "P365D, false, PT0S", "-P3650D, true, PT1M", "-P3650D, false, P3650DT1M" })
	void wrongDeviceClockIsCorrected(Duration wrong, boolean saysWhenItSends, Duration ago) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
		Instant occurredAt = now.plus(wrong).minusSeconds(60);
		String sent = saysWhenItSends ? ",\"sentAt\":\"" + now.plus(wrong) + "\"" : "";
		Map<?, ?> answer = assertSuccess(
				command("/positions", "{\"fraction\":0.5,\"occurredAt\":\"" + occurredAt + "\"" + sent + "}"), 200);
		assertThat(answer.get("moved")).isEqualTo(true);
		assertThat(instant(answer, "occurredAt")).isBetween(now.minus(ago), Instant.now().minus(ago))
			.isBeforeOrEqualTo(instant(answer, "receivedAt"));
		Map<?, ?> next = assertSuccess(command("/positions", "{\"fraction\":0.6}"), 200);
		assertThat(next.get("moved")).as("holds nothing up").isEqualTo(true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123456789ab-1", "nonsense", "2999-01-01T00:00:00Z", "", "-1", "2026-01-01" })
	void rejectsRestoreToInvalidPointInTime(String to) {
		assertProblem(command("/restore", "{\"to\":\"" + to + "\"}"), 422, "invalid");
	}

	@Test
	void rejectsRestoreToBeforeFirstReport() {
		command("/positions", "{\"fraction\":0.5}");
		assertProblem(command("/restore", "{\"to\":\"2020-01-01T00:00:00Z\"}"), 409, "no-position-then");
	}

	@Test
	void rejectsRestoreToFutureCursor() {
		String cursor = Objects
			.requireNonNull(command("/positions", "{\"fraction\":0.5}").getResponseHeaders().getFirst("Cursor"));
		String epoch = cursor.substring(0, cursor.indexOf('-') + 1);
		assertProblem(command("/restore", "{\"to\":\"" + epoch + "zzzzzz\"}"), 422, "invalid");
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
				Arguments.of("/plan", finishBy.formatted("[\"" + AFTERNOON + "\"]"), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"soon\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"2099-02-30T12:00:00Z\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"1969-12-31T23:59:59Z\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"+12345-01-01T00:00:00Z\""), "/finishBy"),
				Arguments.of("/plan", finishBy.formatted("\"" + AFTERNOON + " ".repeat(1_000) + "\""), "/finishBy"),
				Arguments.of("/plan", "{\"finishBy\":\"" + AFTERNOON + "\",\"pace\":3}", "/pace"));
	}

	@ParameterizedTest
	@MethodSource("invalidRequests")
	void invalidRequestIsRejectedWithPointer(String command, String content, String pointer) {
		EntityExchangeResult<byte[]> answer = command.equals("/plan") ? plan(content, null) : command(command, content);
		assertProblem(answer, 422, "invalid");
		assertThat(text(answer)).contains("\"pointer\":\"" + pointer + "\"");
		assertThat(version()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "nonsense", "[]", "7", "\"text\"", "null" })
	void rejectsMalformedBody(String content) {
		assertProblem(command("/restore", content), 400, "malformed");
		assertProblem(plan(content, null), 400, "malformed");
		assertProblem(send(ada, HttpMethod.POST, READINGS, content, null), 400, "malformed");
		assertThat(version()).isEqualTo(1);
	}

	@Test
	void rejectsPlanInThePast() {
		for (Instant past : List.of(Instant.EPOCH, Instant.now().minusSeconds(1))) {
			assertProblem(plan("{\"finishBy\":\"" + past + "\"}", null), 409, "plan-in-the-past");
		}
		assertThat(version()).isEqualTo(1);
	}

	static Stream<String> commandsWithoutBody() {
		return Stream.of("/finish", "/reopen", "/abandon", "/resume");
	}

	@ParameterizedTest
	@MethodSource("commandsWithoutBody")
	void commandWithoutBodyRejectsMembers(String command) {
		for (String member : List.of("{\"at\":\"now\"}", "{\"at\":null}", "{\"\":{}}")) {
			assertProblem(command(command, member), 422, "invalid");
		}
		for (String malformed : List.of("[]", "{", "7", "\"text\"", "true", "nonsense")) {
			assertProblem(command(command, malformed), 400, "malformed");
		}
		assertThat(version()).isEqualTo(1);
		assertProblem(send(ada, HttpMethod.POST, READINGS + "/" + UUID.randomUUID() + command, null, null), 404,
				"not-found");
		assertProblem(send(ada, HttpMethod.GET, this.reading + command, null, null), 405, "method-not-allowed");
	}

	private EntityExchangeResult<byte[]> command(String command, @Nullable String content) {
		return send(ada, HttpMethod.POST, this.reading + command, content, null);
	}

	private EntityExchangeResult<byte[]> plan(String content, @Nullable String ifMatch) {
		return send(ada, HttpMethod.PUT, this.reading + "/plan", content, ifMatch);
	}

	private static EntityExchangeResult<byte[]> send(WebTestClient client, HttpMethod method, String path,
			@Nullable String content, @Nullable String ifMatch) {
		WebTestClient.RequestBodySpec request = client.method(method)
			.uri(URI.create("http://127.0.0.1:" + progress.port() + path));
		if (ifMatch != null) {
			request.header(HttpHeaders.IF_MATCH, ifMatch);
		}
		if (content != null) {
			request.contentType(MediaType.APPLICATION_JSON).bodyValue(content);
		}
		return request.exchange().expectBody().returnResult();
	}

	private static Map<?, ?> assertSuccess(EntityExchangeResult<byte[]> answer, int status) {
		assertThat(answer.getStatus().value()).as(text(answer)).isEqualTo(status);
		assertThat(answer.getResponseHeaders().getFirst("Cursor")).isNotNull();
		assertThat(answer.getResponseHeaders().getETag()).isNotNull();
		return new JsonMapper().readValue(text(answer), Map.class);
	}

	private static void assertProblem(EntityExchangeResult<byte[]> answer, int status, String problem) {
		assertThat(answer.getStatus().value()).as(text(answer)).isEqualTo(status);
		assertThat(text(answer)).contains("\"/problems/" + problem + "\"");
	}

	private static Object fraction(Map<?, ?> answer) {
		return position(answer, "fraction");
	}

	private static Instant instant(Map<?, ?> answer, String member) {
		return Instant.parse((String) position(answer, member));
	}

	private static Object position(Map<?, ?> answer, String member) {
		Map<?, ?> shown = (Map<?, ?>) Objects.requireNonNull(answer.get("reading"));
		return Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(shown.get("position"))).get(member));
	}

	/** How much has happened to the reading. */
	private int version() {
		return Objects.requireNonNull(progress.database()
			.sql("select max(version) from event where stream = :stream")
			.bind("stream", this.reading.substring(READINGS.length() + 1))
			.map((row) -> row.get(0, Integer.class))
			.one()
			.block(HANG_LIMIT));
	}

	private static String text(EntityExchangeResult<byte[]> answer) {
		byte[] body = answer.getResponseBody();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

}
