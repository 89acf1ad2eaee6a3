package lectern.progress.command;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import lectern.progress.account.ProgressFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Forecasts, and what commands would lead to, over HTTP. */
class WhatIfIntegrationTests {

	private static final String READINGS = "/api/v1/readers/ada/readings";

	private static ProgressFixture progress;

	private static WebTestClient ada;

	private static WebTestClient eve;

	private String reading = "";

	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.addBook("a-book", "A Book", "Somebody");
		ada = progress.clientOf("ada")
			.mutate()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(2_000_000))
			.build();
		eve = progress.clientOf("eve");
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@BeforeEach
	void startReading() {
		UUID id = UUID.randomUUID();
		this.reading = READINGS + "/" + id;
		assertSuccess(send(ada, HttpMethod.POST, READINGS, "{\"book\":\"a-book\",\"id\":\"" + id + "\"}"), 201);
	}

	@Test
	void newReadingHasTooLittleDataForForecast() {
		EntityExchangeResult<byte[]> answer = forecast();
		JsonNode forecast = assertSuccess(answer, 200);
		assertThat(forecast.get("state").asString()).isEqualTo("too-little-to-tell");
		assertThat(forecast.get("reason").asString()).isEqualTo("too-few-reports");
		assertThat(forecast.propertyNames()).containsExactlyInAnyOrder("state", "reason", "at");
		assertThat(answer.getResponseHeaders().getFirst("Cursor")).isNotNull();
		assertThat(answer.getResponseHeaders().getETag()).startsWith("\"1-");
		assertThat(answer.getResponseHeaders().getCacheControl()).isEqualTo("private, no-store");
	}

	@Test
	void readingWithPaceAndPlanHasForecast() {
		reportForTenDays();
		assertSuccess(send(ada, HttpMethod.PUT, this.reading + "/plan", "{\"finishBy\":\"" + inDays(90) + "\"}"), 201);
		JsonNode forecast = assertSuccess(forecast(), 200);
		assertThat(forecast.get("state").asString()).isEqualTo("expected");
		Instant expected = Instant.parse(forecast.get("expected").asString());
		assertThat(expected).isBetween(inDays(6), inDays(16))
			.isBetween(Instant.parse(forecast.get("earliest").asString()),
					Instant.parse(forecast.get("latest").asString()));
		assertThat(forecast.get("probability").asDouble()).isEqualTo(0.8);
		assertThat(forecast.get("pace").get("perDay").asDouble()).isBetween(0.04, 0.06);
		assertThat(forecast.get("basis").get("reports").asInt()).isEqualTo(11);
		assertThat(Duration.parse(forecast.get("basis").get("over").asString()).toDays()).isEqualTo(10);
		assertThat(forecast.get("plan").get("onTime").asBoolean()).isTrue();
		assertThat(forecast.get("plan").get("probability").asDouble()).isBetween(0.9, 1.0);
	}

	@Test
	void endedReadingHasNoForecast() {
		assertSuccess(command("/finish"), 200);
		JsonNode finished = assertSuccess(forecast(), 200);
		assertThat(finished.get("state").asString()).isEqualTo("finished");
		assertThat(finished.get("since")).isNotNull();
		assertSuccess(command("/reopen"), 200);
		assertSuccess(command("/abandon"), 200);
		assertThat(assertSuccess(forecast(), 200).get("state").asString()).isEqualTo("abandoned");
	}

	@Test
	void forecastOfOtherReadersReadingIsRejected() {
		assertProblem(send(ada, HttpMethod.GET, READINGS + "/" + UUID.randomUUID() + "/forecast", null), 404,
				"not-found");
		assertProblem(send(ada, HttpMethod.GET, READINGS + "/x/forecast", null), 404, "not-found");
		assertProblem(send(eve, HttpMethod.GET, this.reading.replace("ada", "eve") + "/forecast", null), 404,
				"not-found");
		assertProblem(send(eve, HttpMethod.GET, this.reading + "/forecast", null), 403, "forbidden");
		assertProblem(send(progress.anonymousClient(), HttpMethod.GET, this.reading + "/forecast", null), 401,
				"unauthenticated");
		assertProblem(send(ada, HttpMethod.POST, this.reading + "/forecast", "{}"), 405, "method-not-allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?zone=UTC", "?seen=1", "?seen=", "?Seen=a", "?limit=1" })
	void forecastRejectsUnknownParameter(String query) {
		assertProblem(send(ada, HttpMethod.GET, this.reading + "/forecast" + query, null), 400, "invalid-parameter");
	}

	@Test
	void forecastWaitsForSeenCursor() {
		String cursor = Objects.requireNonNull(command("/finish").getResponseHeaders().getFirst("Cursor"));
		assertThat(assertSuccess(send(ada, HttpMethod.GET, this.reading + "/forecast?seen=" + cursor, null), 200)
			.get("state")
			.asString()).isEqualTo("finished");
	}

	@Test
	void whatIfReturnsEffectsAndStoresNothing() {
		reportForTenDays();
		String cursor = forecast().getResponseHeaders().getFirst("Cursor");
		String before = text(send(ada, HttpMethod.GET, this.reading + "?seen=" + cursor, null));
		EntityExchangeResult<byte[]> asked = whatIf(
				"""
						{"commands":[{"type":"report","fraction":0.9,"device":{"id":"phone"}},
						{"type":"plan","finishBy":"2099-01-01T00:00:00Z"},
						{"type":"restore","to":"%s"},{"type":"abandon"},{"type":"resume"},{"type":"finish"},{"type":"reopen"}]}"""
					.formatted(cursor));
		JsonNode answer = assertSuccess(asked, 200);
		assertThat(asked.getResponseHeaders().getFirst("Cursor")).isNotNull();
		assertThat(answer.get("reading").get("status").asString()).isEqualTo("reading");
		assertThat(answer.get("reading").get("version").asInt()).isEqualTo(19);
		assertThat(answer.get("reading").get("position").get("fraction").asDouble()).isEqualTo(0.5);
		assertThat(answer.get("forecast").get("state").asString()).isEqualTo("expected");
		assertThat(answer.get("forecast").get("plan").get("onTime").asBoolean()).isTrue();
		assertThat(answer.get("commands")).hasSize(7);
		assertThat(answer.get("commands").get(0).get("moved").asBoolean()).isTrue();
		assertThat(answer.get("commands").get(0).get("changes").get("position").get("fraction").asDouble())
			.isEqualTo(0.9);
		assertThat(answer.get("commands").get(3).get("changes").get("status").asString()).isEqualTo("abandoned");
		assertThat(text(send(ada, HttpMethod.GET, this.reading, null))).isEqualTo(before);
	}

	@Test
	void whatIfWithoutCommandsReturnsCurrentReading() {
		JsonNode answer = assertSuccess(whatIf("{\"commands\":[]}"), 200);
		assertThat(answer.get("reading").get("version").asInt()).isEqualTo(1);
		assertThat(answer.get("commands")).isEmpty();
	}

	@Test
	void rejectedCommandIsReportedWithPointer() {
		String refused = text(
				assertProblem(
						whatIf("{\"commands\":[{\"type\":\"report\",\"fraction\":0.5},{\"type\":\"finish\"},"
								+ "{\"type\":\"reopen\"},{\"type\":\"resume\"},{\"type\":\"abandon\"},"
								+ "{\"type\":\"report\",\"fraction\":0.6},{\"type\":\"resume\"}]}"),
						409, "reading-abandoned"));
		assertThat(refused).contains("\"pointer\":\"/commands/5\"")
			.contains("The reading is abandoned. Resume it first.");
		assertProblem(whatIf("{\"commands\":[{\"type\":\"plan\",\"finishBy\":\"2020-01-01T00:00:00Z\"}]}"), 409,
				"plan-in-the-past");
		assertProblem(whatIf("{\"commands\":[{\"type\":\"restore\",\"to\":\"2020-01-01T00:00:00Z\"}]}"), 409,
				"no-position-then");
	}

	@Test
	void invalidPointInTimeIsReportedWithPointer() {
		String commands = "{\"commands\":[{\"type\":\"finish\"},{\"type\":\"restore\",\"to\":\"%s\"}]}";
		for (String to : new String[] { "nonsense", "2999-01-01T00:00:00Z", "0123456789ab-1" }) {
			assertThat(text(assertProblem(whatIf(commands.formatted(to)), 422, "invalid")))
				.contains("\"pointer\":\"/commands/1/to\"");
		}
	}

	@Test
	void rejectsMoreThanThousandCommands() {
		assertThat(assertSuccess(whatIf(many(1000, "{\"type\":\"report\",\"fraction\":0.5}")), 200).get("commands"))
			.hasSize(1000);
		for (String command : new String[] { "{\"type\":\"finish\"}", "{\"type\":\"report\"}", "null" }) {
			String refused = text(assertProblem(whatIf(many(10_000, command)), 422, "invalid"));
			assertThat(refused).contains("\"pointer\":\"/commands\"").contains("1000").hasSizeLessThan(100_000);
		}
		assertProblem(whatIf(many(60_000, "{\"type\":\"finish\"}")), 413, "too-large");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                                                                         | /commands
			{"commands":null}                                                          | /commands
			{"commands":{}}                                                            | /commands
			{"commands":7}                                                             | /commands
			{"commands":[],"reading":"x"}                                              | /reading
			{"commands":[null]}                                                        | /commands/0
			{"commands":[{}]}                                                          | /commands/0
			{"commands":[{"type":"finish"},{"fraction":0.5}]}                          | /commands/1
			{"commands":[{"type":"finish"},{"type":"start","book":"a-book"}]}          | /commands/1/type
			{"commands":[{"type":"PositionRequest","fraction":0.5}]}                   | /commands/0/type
			{"commands":[{"type":null}]}                                               | /commands/0
			{"commands":[{"type":"finish","at":"now"}]}                                | /commands/0/at
			{"commands":[{"type":"report","fraction":0.5,"speed":1}]}                  | /commands/0/speed
			{"commands":[{"type":"report"}]}                                           | /commands/0/fraction
			{"commands":[{"type":"reopen"},{"type":"report","fraction":1.5}]}          | /commands/1/fraction
			{"commands":[{"type":"report","fraction":"0.5"}]}                          | /commands/0/fraction
			{"commands":[{"type":"report","fraction":0.5,"device":{}}]}                | /commands/0/device/id
			{"commands":[{"type":"report","fraction":0.5,"occurredAt":"yesterday"}]}   | /commands/0/occurredAt
			{"commands":[{"type":"plan"}]}                                             | /commands/0/finishBy
			{"commands":[{"type":"restore"}]}                                          | /commands/0/to
			""")
	void invalidCommandIsReportedWithPointer(String content, String pointer) {
		assertThat(text(assertProblem(whatIf(content), 422, "invalid"))).contains("\"pointer\":\"" + pointer + "\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{", "{\"commands\":[}", "7", "\"finish\"" })
	void rejectsMalformedBody(String content) {
		assertProblem(whatIf(content), 400, "malformed");
	}

	@Test
	void whatIfOnOtherReadersReadingIsRejected() {
		String finish = "{\"commands\":[{\"type\":\"finish\"}]}";
		assertProblem(send(ada, HttpMethod.POST, READINGS + "/" + UUID.randomUUID() + "/what-if", finish), 404,
				"not-found");
		assertProblem(send(eve, HttpMethod.POST, this.reading.replace("ada", "eve") + "/what-if", finish), 404,
				"not-found");
		assertProblem(send(eve, HttpMethod.POST, this.reading + "/what-if", finish), 403, "forbidden");
	}

	private void reportForTenDays() {
		IntStream.rangeClosed(0, 10)
			.forEach(
					(day) -> assertSuccess(
							send(ada, HttpMethod.POST, this.reading + "/positions",
									"{\"fraction\":%s,\"occurredAt\":\"%s\"}".formatted(day * 0.05, inDays(day - 10))),
							200));
	}

	private static Instant inDays(int number) {
		return Instant.now().plus(number, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
	}

	private static String many(int number, String command) {
		return "{\"commands\":[" + String.join(",", Collections.nCopies(number, command)) + "]}";
	}

	private EntityExchangeResult<byte[]> command(String command) {
		return send(ada, HttpMethod.POST, this.reading + command, "{}");
	}

	private EntityExchangeResult<byte[]> forecast() {
		return send(ada, HttpMethod.GET, this.reading + "/forecast", null);
	}

	private EntityExchangeResult<byte[]> whatIf(String content) {
		return send(ada, HttpMethod.POST, this.reading + "/what-if", content);
	}

	private static EntityExchangeResult<byte[]> send(WebTestClient client, HttpMethod method, String path,
			String content) {
		WebTestClient.RequestBodySpec request = client.method(method)
			.uri(URI.create("http://127.0.0.1:" + progress.port() + path));
		if (content != null) {
			request.contentType(MediaType.APPLICATION_JSON).bodyValue(content);
		}
		return request.exchange().expectBody().returnResult();
	}

	private static JsonNode assertSuccess(EntityExchangeResult<byte[]> answer, int status) {
		assertThat(answer.getStatus().value()).as(text(answer)).isEqualTo(status);
		return new JsonMapper().readTree(text(answer));
	}

	private static EntityExchangeResult<byte[]> assertProblem(EntityExchangeResult<byte[]> answer, int status,
			String problem) {
		assertThat(answer.getStatus().value()).as(text(answer)).isEqualTo(status);
		assertThat(text(answer)).contains("\"/problems/" + problem + "\"");
		return answer;
	}

	private static String text(EntityExchangeResult<byte[]> answer) {
		byte[] body = answer.getResponseBody();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

}
