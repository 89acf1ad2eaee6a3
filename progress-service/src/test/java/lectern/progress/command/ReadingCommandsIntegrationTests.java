package lectern.progress.command;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import lectern.progress.log.TestLog;
import lectern.progress.reader.SignedInProgress;

import static org.assertj.core.api.Assertions.assertThat;

/** What is done to a reading that has begun, over HTTP. */
class ReadingCommandsIntegrationTests {

	private static final Duration SOON = TestLog.SOON;

	private static final String READINGS = "/api/v1/readers/ada/readings";

	private static final String AFTERNOON = "2099-01-01T12:00:00Z";

	private static SignedInProgress progress;

	private static WebTestClient ada;

	private static WebTestClient eve;

	private String reading = "";

	@BeforeAll
	static void start() {
		progress = new SignedInProgress();
		progress.catalog().book("a-book", "A Book", "Somebody");
		progress.database()
			.sql("select count(*) from known_book")
			.map((row) -> row.get(0, Long.class))
			.one()
			.filter((count) -> count == 1)
			.repeatWhenEmpty((empty) -> empty.delayElements(Duration.ofMillis(20)))
			.block(SOON);
		ada = progress.as("ada");
		eve = progress.as("eve");
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@BeforeEach
	void startAReading() {
		this.reading = READINGS + "/" + UUID.randomUUID();
		Map<?, ?> started = ok(
				send(ada, HttpMethod.POST, READINGS,
						"{\"book\":\"a-book\",\"id\":\"" + this.reading.substring(READINGS.length() + 1) + "\"}", null),
				201);
		assertThat(started.get("status")).isEqualTo("reading");
	}

	@Test
	void aReadingIsFinishedAndReopened() {
		Map<?, ?> finished = ok(command("/finish", null), 200);
		assertThat(finished.get("status")).isEqualTo("finished");
		assertThat(finished.get("version")).isEqualTo(2);
		assertThat(Instant.parse((String) finished.get("finishedAt"))).isBefore(Instant.now().plusSeconds(1));
		refused(command("/positions", "{\"fraction\":0.5}"), 409, "reading-finished");
		Map<?, ?> reopened = ok(command("/reopen", "{}"), 200);
		assertThat(reopened.get("status")).isEqualTo("reading");
		assertThat(reopened.get("finishedAt")).isEqualTo(finished.get("finishedAt"));
		assertThat(ok(command("/positions", "{\"fraction\":0.5}"), 200).get("moved")).isEqualTo(true);
	}

	@Test
	void aReadingIsAbandonedAndResumed() {
		assertThat(ok(command("/abandon", null), 200).get("status")).isEqualTo("abandoned");
		refused(command("/positions", "{\"fraction\":0.5}"), 409, "reading-abandoned");
		refused(command("/finish", null), 409, "reading-abandoned");
		assertThat(ok(command("/resume", null), 200).get("status")).isEqualTo("reading");
	}

	@ParameterizedTest
	@CsvSource({ "/finish,/finish", "/abandon,/abandon", "/finish,/reopen", "/abandon,/resume" })
	void whatIsInEffectAlreadyIsAnsweredTheSameAndMakesNoEvent(String first, String second) {
		command(first, null);
		Map<?, ?> once = ok(command(second, null), 200);
		assertThat(ok(command(second, null), 200)).isEqualTo(once);
	}

	@Test
	void aLostPlaceIsRestoredAndTheRestoreUndone() {
		EntityExchangeResult<byte[]> early = command("/positions", "{\"fraction\":0.3}");
		command("/positions", "{\"fraction\":0.9,\"device\":{\"id\":\"stray\"}}");
		String cursor = Objects.requireNonNull(early.getResponseHeaders().getFirst("Cursor"));

		Map<?, ?> restored = ok(command("/restore", "{\"to\":\"" + cursor + "\"}"), 200);

		assertThat(fraction(restored)).isEqualTo(0.3);
		String late = "{\"fraction\":0.95,\"occurredAt\":\"" + Instant.now().minusSeconds(60) + "\"}";
		Map<?, ?> kept = ok(command("/positions", late), 200);
		assertThat(kept.get("moved")).isEqualTo(false);
		assertThat(kept.get("reason")).isEqualTo("occurred-before-restore");

		Map<?, ?> undone = ok(command("/restore", "{\"to\":\"" + restored.get("undo") + "\"}"), 200);

		assertThat(fraction(undone)).isEqualTo(0.9);
		assertThat(ok(command("/restore", "{\"to\":\"" + undone.get("undo") + "\"}"), 200)).satisfies((again) -> {
			assertThat(fraction(again)).isEqualTo(0.3);
			assertThat(again.get("undo")).isNotNull();
		});
	}

	@Test
	void aPlaceIsRestoredToWhereItWasAtAnInstant() {
		Map<?, ?> early = ok(command("/positions", "{\"fraction\":0.3}"), 200);
		String then = (String) ((Map<?, ?>) ((Map<?, ?>) Objects.requireNonNull(early.get("reading"))).get("position"))
			.get("receivedAt");
		command("/positions", "{\"fraction\":0.9}");
		assertThat(fraction(ok(command("/restore", "{\"to\":\"" + then + "\"}"), 200))).isEqualTo(0.3);
		Map<?, ?> again = ok(command("/restore", "{\"to\":\"" + then + "\"}"), 200);
		assertThat(again.containsKey("undo")).as("nothing to take back").isFalse();
	}

	@Test
	void theSameReportIsKeptOnce() {
		String report = "{\"fraction\":0.4,\"occurredAt\":\"2026-01-01T12:00:00Z\",\"device\":{\"id\":\"d\"}}";
		assertThat(ok(command("/positions", report), 200).get("moved")).isEqualTo(true);
		EntityExchangeResult<byte[]> again = command("/positions", report);
		assertThat(ok(again, 200).get("reason")).isEqualTo("reported-already");
		assertThat(again.getResponseHeaders().getETag()).isEqualTo("\"2\"");
	}

	@Test
	void aPlanIsMadeAndReplacedByWhoHasSeenIt() {
		Map<?, ?> planned = ok(plan("{\"finishBy\":\"" + AFTERNOON + "\"}", null), 201);
		assertThat(planned.get("plan")).isEqualTo(Map.of("finishBy", AFTERNOON));
		String another = "{\"finishBy\":\"2099-06-01T12:00:00Z\"}";
		refused(plan(another, null), 428, "precondition-required");
		refused(plan(another, "\"1\""), 412, "precondition-failed");
		assertThat(ok(plan(another, "\"2\""), 200).get("version")).isEqualTo(3);
		assertThat(ok(plan(another, "*"), 200).get("version")).as("in effect already").isEqualTo(3);
	}

	@Test
	void aStaleVersionIsRefusedWithTheCurrentOne() {
		command("/positions", "{\"fraction\":0.3}");
		EntityExchangeResult<byte[]> stale = send(ada, HttpMethod.POST, this.reading + "/finish", null, "\"1\"");
		refused(stale, 412, "precondition-failed");
		assertThat(stale.getResponseHeaders().getETag()).isEqualTo("\"2\"");
		assertThat(ok(send(ada, HttpMethod.POST, this.reading + "/finish", null, "\"1\", \"2\""), 200).get("version"))
			.isEqualTo(3);
	}

	@Test
	void ofSomebodyElsesReadingNotEvenTheVersionIsTold() {
		String hers = this.reading.replace("ada", "eve");
		for (String command : new String[] { "/finish", "/reopen", "/abandon", "/resume" }) {
			EntityExchangeResult<byte[]> told = send(eve, HttpMethod.POST, hers + command, null, "\"7\"");
			refused(told, 404, "not-found");
			assertThat(told.getResponseHeaders().getETag()).isNull();
			refused(send(eve, HttpMethod.POST, this.reading + command, null, null), 403, "forbidden");
		}
		refused(send(eve, HttpMethod.POST, hers + "/restore", "{\"to\":\"2026-01-01T00:00:00Z\"}", null), 404,
				"not-found");
		refused(send(eve, HttpMethod.PUT, hers + "/plan", "{\"finishBy\":\"" + AFTERNOON + "\"}", "*"), 404,
				"not-found");
	}

	@Test
	void aBookThatIsRemovedMeanwhileIsReadToItsEnd() {
		progress.database().sql("delete from known_book where id = 'a-book'").then().block(SOON);
		try {
			assertThat(ok(command("/positions", "{\"fraction\":0.5}"), 200).get("moved")).isEqualTo(true);
			assertThat(((Map<?, ?>) Objects.requireNonNull(ok(command("/finish", null), 200).get("book"))).get("title"))
				.isEqualTo("A Book");
			refused(send(ada, HttpMethod.POST, READINGS, "{\"book\":\"a-book\"}", null), 409, "unknown-book");
		}
		finally {
			progress.database()
				.sql("insert into known_book (id, title, authors) values ('a-book', 'A Book', array['Somebody'])")
				.then()
				.block(SOON);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123456789ab-1", "nonsense", "2999-01-01T00:00:00Z", "", "-1", "2026-01-01" })
	void whatIsNoMomentOfThePastIsNoneToGoBackTo(String to) {
		refused(command("/restore", "{\"to\":\"" + to + "\"}"), 422, "invalid");
	}

	@Test
	void aMomentBeforeTheFirstReportHadNoPosition() {
		command("/positions", "{\"fraction\":0.5}");
		refused(command("/restore", "{\"to\":\"2020-01-01T00:00:00Z\"}"), 409, "no-position-then");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"to\":null}", "{\"to\":7}", "{\"to\":[]}", "{\"from\":\"x\"}" })
	void aRestoreSaysWhereTo(String content) {
		refused(command("/restore", content), 422, "invalid");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"finishBy\":null}", "{\"finishBy\":1}", "{\"finishBy\":\"soon\"}",
			"{\"finishBy\":\"+12345-01-01T00:00:00Z\"}", "{\"finishBy\":\"" + AFTERNOON + "\",\"pace\":3}" })
	void aPlanSaysByWhen(String content) {
		refused(plan(content, null), 422, "invalid");
	}

	@Test
	void aPlanInThePastIsRefused() {
		refused(plan("{\"finishBy\":\"2020-01-01T00:00:00Z\"}", null), 409, "plan-in-the-past");
	}

	static Stream<String> plainCommands() {
		return Stream.of("/finish", "/reopen", "/abandon", "/resume");
	}

	@ParameterizedTest
	@MethodSource("plainCommands")
	void aCommandThatNeedsNoContentTakesNoneBut(String command) {
		refused(command(command, "{\"at\":\"now\"}"), 422, "invalid");
		refused(command(command, "[]"), 400, "malformed");
		refused(command(command, "{"), 400, "malformed");
		refused(send(ada, HttpMethod.POST, READINGS + "/" + UUID.randomUUID() + command, null, null), 404, "not-found");
		refused(send(ada, HttpMethod.GET, this.reading + command, null, null), 405, "method-not-allowed");
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

	private static Map<?, ?> ok(EntityExchangeResult<byte[]> answer, int status) {
		assertThat(answer.getStatus().value()).as(text(answer)).isEqualTo(status);
		assertThat(answer.getResponseHeaders().getFirst("Cursor")).isNotNull();
		assertThat(answer.getResponseHeaders().getETag()).isNotNull();
		return new JsonMapper().readValue(text(answer), Map.class);
	}

	private static void refused(EntityExchangeResult<byte[]> answer, int status, String problem) {
		assertThat(answer.getStatus().value()).as(text(answer)).isEqualTo(status);
		assertThat(text(answer)).contains("\"/problems/" + problem + "\"");
	}

	private static Object fraction(Map<?, ?> answer) {
		Map<?, ?> shown = (Map<?, ?>) Objects.requireNonNull(answer.get("reading"));
		return Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(shown.get("position"))).get("fraction"));
	}

	private static String text(EntityExchangeResult<byte[]> answer) {
		byte[] body = answer.getResponseBody();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

}
