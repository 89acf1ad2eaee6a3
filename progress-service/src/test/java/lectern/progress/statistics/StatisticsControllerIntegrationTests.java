package lectern.progress.statistics;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import lectern.progress.account.ProgressFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** Statistics over HTTP, as their reader sees them. */
class StatisticsControllerIntegrationTests {

	private static ProgressFixture progress;

	private static WebTestClient ada;

	private static String reading;

	private static String lastCursor;

	private static String secondCursor;

	/** Two days in a row: 8 minutes, then 5 and nothing after a gap; sent in no order. */
	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.addBook("fluent-python", "Fluent Python", "Luciano Ramalho");
		ada = progress.clientOf("ada");
		reading = "/api/v1/readers/ada/readings/" + start(ada, "ada");
		report("0.11", "2026-03-01T20:05:00Z");
		secondCursor = report("0.10", "2026-03-01T20:00:00Z");
		report("0.13", "2026-03-02T19:00:00Z");
		report("0.12", "2026-03-01T20:08:00Z");
		report("0.14", "2026-03-02T19:05:00Z");
		lastCursor = report("0.15", "2026-03-02T19:30:00Z");
	}

	private static String start(WebTestClient client, String reader) {
		UUID id = UUID.randomUUID();
		post(client, "/api/v1/readers/" + reader + "/readings", "{\"book\":\"fluent-python\",\"id\":\"" + id + "\"}")
			.expectStatus()
			.isCreated();
		return id.toString();
	}

	private static String report(String fraction, String occurredAt) {
		return Objects.requireNonNull(post(ada, reading + "/positions",
				"{\"fraction\":%s,\"occurredAt\":\"%s\"}".formatted(fraction, occurredAt))
			.expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseHeaders()
			.getFirst("Cursor"));
	}

	private static ResponseSpec post(WebTestClient client, String path, String json) {
		return client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(json).exchange();
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void statisticsContainDaysMinutesAndStreaks() {
		get(ada, "ada", "?from=2026-02-01T00:00:00Z&to=2026-03-03T00:00:00Z&seen=" + lastCursor).expectStatus()
			.isOk()
			.expectHeader()
			.exists("Cursor")
			.expectBody()
			.json("""
					{"from":"2026-02-01T00:00:00Z","to":"2026-03-03T00:00:00Z","zone":"UTC","daysRead":2,"minutes":13,
					 "streak":2,"longestStreak":2,"finished":0,
					 "days":[{"date":"2026-03-01","minutes":8},{"date":"2026-03-02","minutes":5}]}
					""");
	}

	/** Counted from the events themselves it is the same. */
	@Test
	void asOfLatestCursorEqualsCurrentStatistics() {
		String span = "?from=2026-02-01T00:00:00Z&to=2026-03-03T00:00:00Z&seen=" + lastCursor;
		byte[] now = get(ada, "ada", span).expectBody().returnResult().getResponseBody();
		byte[] asOfNow = get(ada, "ada", span + "&asOf=" + lastCursor).expectBody().returnResult().getResponseBody();
		assertThat(asOfNow).isEqualTo(now);
	}

	@Test
	void asOfEarlierCursorIgnoresLaterReports() {
		get(ada, "ada", "?from=2026-02-01T00:00:00Z&to=2026-03-03T00:00:00Z&asOf=" + secondCursor).expectBody().json("""
				{"daysRead":1,"minutes":5,"days":[{"date":"2026-03-01","minutes":5}]}
				""");
	}

	@Test
	void daysAreCountedInRequestedZone() {
		get(ada, "ada", "?from=2026-02-01T00:00:00Z&to=2026-03-03T00:00:00Z&zone=Pacific/Kiritimati&seen=" + lastCursor)
			.expectBody()
			.jsonPath("$.days[0].date")
			.isEqualTo("2026-03-02");
	}

	@Test
	void cursorAsBoundMeansReceiveTimeOfItsEvent() {
		get(ada, "ada", "?to=" + lastCursor + "&seen=" + lastCursor).expectBody()
			.jsonPath("$.to")
			.value((to) -> assertThat(Duration.between(Instant.parse((String) to), Instant.now()).abs())
				.isLessThan(Duration.ofMinutes(5)));
	}

	@Test
	void finishedReadingCountsUntilReopened() {
		WebTestClient bob = progress.clientOf("bob");
		String his = "/api/v1/readers/bob/readings/" + start(bob, "bob");
		assertThat(finished(bob, cursor(post(bob, his + "/finish", "{}")))).isEqualTo(1);
		assertThat(finished(bob, cursor(post(bob, his + "/reopen", "{}")))).isZero();
		assertThat(finished(bob, cursor(post(bob, his + "/finish", "{}")))).isEqualTo(1);
	}

	private static String cursor(ResponseSpec answer) {
		return Objects.requireNonNull(
				answer.expectStatus().isOk().returnResult(String.class).getResponseHeaders().getFirst("Cursor"));
	}

	private static int finished(WebTestClient client, String seen) {
		String text = new String(Objects.requireNonNull(
				get(client, "bob", "?to=2021-01-01T00:00:00Z&from=2020-01-01T00:00:00Z&seen=" + seen).expectStatus()
					.isOk()
					.expectBody()
					.returnResult()
					.getResponseBody()));
		assertThat(text).contains("\"finished\":0");
		return Integer.parseInt(new String(Objects
			.requireNonNull(get(client, "bob", "?seen=" + seen).expectBody().returnResult().getResponseBody()))
			.replaceFirst(".*\"finished\":([0-9]+).*", "$1"));
	}

	@Test
	void readerWithoutReportsHasEmptyStatistics() {
		get(progress.clientOf("cyd"), "cyd", "").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.daysRead")
			.isEqualTo(0)
			.jsonPath("$.days")
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "zone=Mars/Olympus, zone", "from=yesterday, from", "asOf=2999-01-01T00:00:00Z, asOf",
			"to=2999-01-01T00:00:00Z, to", "to=abcdefghijkl-1, to",
			"from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z, from",
			"from=1526-03-02T00:00:00Z&to=2026-03-01T00:00:00Z, from", "who=bob, who", "seen=nonsense, seen",
			"zone=UTC&zone=UTC, zone" })
	void invalidParameterIsNamedInProblem(String query, String parameter) {
		get(ada, "ada", "?" + query).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.errors[0].parameter")
			.isEqualTo(parameter);
	}

	@Test
	void statisticsOfAnotherReaderAreForbidden() {
		get(progress.clientOf("eve"), "ada", "").expectStatus().isForbidden();
		progress.anonymousClient()
			.get()
			.uri("/api/v1/readers/ada/statistics")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	private static ResponseSpec get(WebTestClient client, String reader, String query) {
		return client.get()
			.uri(URI
				.create("http://127.0.0.1:" + progress.port() + "/api/v1/readers/" + reader + "/statistics" + query))
			.exchange();
	}

}
