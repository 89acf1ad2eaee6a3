package lectern.progress.query;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import lectern.progress.account.ProgressFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The past of readings and paths over HTTP. */
class PointInTimeQueryIntegrationTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final String READINGS = "/api/v1/readers/ada/readings";

	/** Of the start of a reading and of three reports. */
	private static final List<String> CURSORS = new ArrayList<>();

	/** The reading at each of them. */
	private static final List<JsonNode> EXPECTED = new ArrayList<>();

	private static ProgressFixture progress;

	private static WebTestClient ada;

	private static String reading;

	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.addBook("a-book", "A Book", "Somebody");
		progress.addPath("architect", "a-book");
		ada = progress.clientOf("ada");
		EntityExchangeResult<byte[]> started = post("ada", READINGS, "{\"book\":\"a-book\"}");
		reading = header(started, "Location");
		addExpected(started);
		for (String fraction : List.of("0.3", "0.9", "0.5")) {
			addExpected(post("ada", reading + "/positions", "{\"fraction\":" + fraction + "}"));
		}
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void readingIsShownAsOfEachCursorAndInstant() {
		for (int at = 0; at < CURSORS.size(); at++) {
			EntityExchangeResult<byte[]> byCursor = get(reading + "?asOf=" + CURSORS.get(at));
			assertThat(json(byCursor)).isEqualTo(EXPECTED.get(at));
			assertThat(header(byCursor, "ETag")).isEqualTo("\"" + (at + 1) + "\"");
			assertThat(header(byCursor, "Cursor")).isEqualTo(CURSORS.get(at));
			if (at > 0) {
				String instant = EXPECTED.get(at).path("position").path("receivedAt").stringValue();
				EntityExchangeResult<byte[]> byInstant = get(reading + "?axis=received&asOf=" + instant);
				assertThat(json(byInstant)).isEqualTo(EXPECTED.get(at));
				assertThat(header(byInstant, "Cursor")).isEqualTo(CURSORS.get(at));
			}
		}
	}

	@Test
	void eventTimeAxisIncludesReportsReceivedLater() {
		String other = startReading("ada");
		Instant now = Instant.now();
		report(other, "0.8", now);
		String known = header(report(other, "0.2", now.minusSeconds(600)), "Cursor");
		String early = fractionAtEventTime(other, now.minusSeconds(300));
		assertThat(early).isEqualTo("0.2");
		assertThat(fractionAtEventTime(other, now.minusSeconds(600))).isEqualTo("0.2");
		assertThat(fractionAtEventTime(other, now)).isEqualTo("0.8");
		expectNotFound(other + "?axis=occurred&asOf=" + now.minusSeconds(601));
		EntityExchangeResult<byte[]> then = get(other + "?axis=occurred&asOf=" + now.minusSeconds(300));
		assertThat(header(then, "ETag")).isEqualTo("\"3\"");
		JsonNode byCursor = json(get(other + "?axis=occurred&asOf=" + known));
		assertThat(byCursor.path("position").path("fraction").doubleValue()).isEqualTo(0.8);
		String occurred = READINGS + "?axis=occurred&limit=200&asOf=";
		assertThat(json(get(occurred + now.minusSeconds(300))).path("items").values()).containsExactly(json(then));
		assertThat(json(get(occurred + now.minusSeconds(601))).path("items").values()).isEmpty();
		expectNotFound(other + "?axis=occurred&asOf=" + logStartCursor());
	}

	/** What was known then, and what by now is known of then. */
	@Test
	void devicesFollowTheRequestedTimeAxis() {
		String other = startReading("ada");
		Instant now = Instant.now();
		String phone = header(reportFromDevice(other, "phone", now.minusSeconds(60)), "Cursor");
		String reader = header(reportFromDevice(other, "reader", now.minusSeconds(600)), "Cursor");
		assertThat(deviceIds(other + "?asOf=" + phone)).containsExactly("phone");
		assertThat(deviceIds(other + "?asOf=" + reader)).containsExactly("phone", "reader");
		assertThat(deviceIds(other + "?axis=occurred&asOf=" + now.minusSeconds(300))).containsExactly("reader");
		assertThat(deviceIds(other + "?axis=occurred&asOf=" + now)).containsExactly("reader", "phone");
	}

	private static EntityExchangeResult<byte[]> reportFromDevice(String address, String device, Instant occurredAt) {
		return post("ada", address + "/positions",
				"{\"fraction\":0.5,\"device\":{\"id\":\"" + device + "\"},\"occurredAt\":\"" + occurredAt + "\"}");
	}

	private static List<String> deviceIds(String address) {
		return json(get(address)).path("devices")
			.values()
			.stream()
			.map((device) -> device.path("id").stringValue())
			.toList();
	}

	@Test
	void listIsShownAsOfCursor() {
		String before = header(post("ada", startReading("ada") + "/positions", "{\"fraction\":0.1}"), "Cursor");
		EntityExchangeResult<byte[]> all = get(READINGS + "?asOf=" + CURSORS.get(1));
		assertThat(json(all).path("items").values()).containsExactly(EXPECTED.get(1));
		assertThat(header(all, "Cursor")).isEqualTo(CURSORS.get(1));
		assertThat(json(get(READINGS + "?status=finished&asOf=" + CURSORS.get(1))).path("items").values()).isEmpty();
		assertThat(json(get(READINGS + "?asOf=" + before)).path("items").values()).hasSizeGreaterThan(1);
		assertThat(json(get(READINGS + "?asOf=" + logStartCursor())).path("items").values()).isEmpty();
	}

	@Test
	void listAsOfCursorIsPaged() {
		String last = header(post("ada", startReading("ada") + "/positions", "{\"fraction\":0.1}"), "Cursor");
		String list = READINGS + "?asOf=" + last;
		JsonNode first = json(get(list + "&limit=1"));
		String next = first.path("next").stringValue();
		startReading("ada");
		JsonNode second = json(get(list + "&limit=1&page=" + next));
		assertThat(List.of(first.path("items").get(0), second.path("items").get(0)))
			.isEqualTo(json(get(list)).path("items").values().stream().limit(2).toList());
		expectInvalidParameter(list + "&status=reading&page=" + next, "page");
		expectInvalidParameter(READINGS + "?asOf=" + CURSORS.get(1) + "&page=" + next, "page");
		expectInvalidParameter(READINGS + "?page=" + next, "page");
	}

	@Test
	void seenCursorIsAwaitedWithoutChangingAsOfResult() {
		String last = CURSORS.getLast();
		assertThat(json(get(reading + "?seen=" + last + "&asOf=" + CURSORS.get(1)))).isEqualTo(EXPECTED.get(1));
		assertThat(json(get(READINGS + "?limit=1&seen=" + last + "&asOf=" + CURSORS.get(1))).path("items").get(0))
			.isEqualTo(EXPECTED.get(1));
		expectInvalidParameter(reading + "?seen=nonsense&asOf=" + last, "seen");
	}

	@Test
	void readingNotYetStartedOrOfAnotherReaderIsNotFound() {
		String other = startReading("eve");
		String now = header(post("eve", other + "/positions", "{\"fraction\":0.1}"), "Cursor");
		String stolen = READINGS + other.substring(other.lastIndexOf('/'));
		expectNotFound(reading + "?asOf=" + logStartCursor());
		expectNotFound(stolen + "?asOf=" + now);
		expectNotFound(stolen + "?axis=occurred&asOf=" + now);
		expectNotFound(stolen + "/history");
		expectNotFound(READINGS + "/" + UUID.randomUUID() + "?asOf=" + now);
		expectNotFound(READINGS + "/" + UUID.randomUUID() + "/history");
		expectNotFound(READINGS + "/no-uuid?asOf=" + now);
		expectNotFound(READINGS + "/no-uuid/history");
		for (String path : List.of(other + "?asOf=" + now, "/api/v1/readers/eve/readings?asOf=" + now,
				other + "/history")) {
			ada.get().uri(path).exchange().expectStatus().isForbidden();
			progress.anonymousClient().get().uri(path).exchange().expectStatus().isUnauthorized();
		}
	}

	@ParameterizedTest
	@CsvSource({ "asOf=nonsense,asOf", "asOf=,asOf", "asOf=start,asOf", "asOf=%00,asOf", "asOf=2026-01-01,asOf",
			"asOf=1e9,asOf", "asOf=otherepoch-1,asOf", "asOf=-1000000000-01-01T00:00:00Z,asOf",
			"asOf=1815-12-10T00:00:00Z,asOf", "asOf=9999-01-01T00:00:00Z,asOf",
			"asOf=%2B1000000000-12-31T23:59:59Z,asOf", "asOf=FUTURE,asOf", "asOf=FUTURE&axis=occurred,asOf",
			"asOf=otherepoch-1&axis=occurred,asOf", "asOf=9999-01-01T00:00:00Z&axis=occurred,asOf",
			"asOf=LAST&axis=thought,axis", "asOf=LAST&axis=,axis", "asOf=LAST&axis=RECEIVED,axis",
			"asOf=LAST&axis=received&axis=received,axis", "asOf=LAST&asOf=LAST,asOf", "asOf=LAST&as_of=x,as_of",
			"axis=received,axis" })
	void invalidParameterIsNamedInProblem(String query, String parameter) {
		String future = CURSORS.getFirst().replaceFirst("-.*", "-zzzzzzzz");
		String sent = query.replace("LAST", CURSORS.getLast()).replace("FUTURE", future);
		expectInvalidParameter(reading + "?" + sent, parameter);
		expectInvalidParameter(READINGS + "?" + sent, parameter);
	}

	/** What was told later may have occurred before there was a log. */
	@Test
	void eventTimeBeforeLogStartIsAccepted() {
		for (String instant : List.of("1815-12-10T00:00:00Z", "-1000000000-01-01T00:00:00Z")) {
			expectNotFound(reading + "?axis=occurred&asOf=" + instant);
			assertThat(json(get(READINGS + "?axis=occurred&asOf=" + instant)).path("items").values()).isEmpty();
		}
	}

	@Test
	void writeWithAsOfIsMethodNotAllowed() {
		ada.delete().uri(reading + "?asOf=" + CURSORS.getFirst()).exchange().expectStatus().isEqualTo(405);
	}

	@Test
	void historyIsNewestFirstAndEachCursorShowsItsEntry() {
		String other = startReading("ada");
		report(other, "0.3", Instant.now());
		report(other, "0.2", Instant.now().minusSeconds(600));
		post("ada", other + "/finish", "{}");
		List<JsonNode> entries = List.copyOf(json(get(other + "/history")).path("items").values());
		assertThat(entries).extracting((entry) -> entry.path("type").stringValue())
			.containsExactly("reading-finished", "position-reported", "position-reported", "reading-started");
		assertThat(entries).extracting((entry) -> entry.path("version").intValue()).containsExactly(4, 3, 2, 1);
		assertThat(entries.get(0).path("status").stringValue()).isEqualTo("finished");
		assertThat(entries.get(1).path("moved").booleanValue()).isFalse();
		assertThat(entries.get(1).path("reported").path("fraction").doubleValue()).isEqualTo(0.2);
		assertThat(entries.get(2).path("moved").booleanValue()).isTrue();
		assertThat(entries.get(3).propertyNames()).containsExactlyInAnyOrder("cursor", "type", "version", "occurredAt",
				"receivedAt", "status");
		for (JsonNode entry : entries) {
			JsonNode then = json(get(other + "?asOf=" + entry.path("cursor").stringValue()));
			assertThat(then.path("version")).isEqualTo(entry.path("version"));
			assertThat(then.path("position")).isEqualTo(entry.path("position"));
			assertThat(then.path("furthest")).isEqualTo(entry.path("furthest"));
		}
	}

	@Test
	void historyIsPaged() {
		JsonNode first = json(get(reading + "/history?limit=3"));
		String next = first.path("next").stringValue();
		JsonNode second = json(get(reading + "/history?limit=3&page=" + next));
		assertThat(second.path("items").values()).extracting((entry) -> entry.path("version").intValue())
			.containsExactly(1);
		assertThat(second.has("next")).isFalse();
		expectInvalidParameter(startReading("ada") + "/history?page=" + next, "page");
		expectInvalidParameter(reading + "/history?page=nonsense", "page");
		String ofList = json(get(READINGS + "?limit=1&asOf="
				+ header(post("ada", startReading("ada") + "/positions", "{\"fraction\":0.1}"), "Cursor")))
			.path("next")
			.stringValue();
		expectInvalidParameter(reading + "/history?page=" + ofList, "page");
		expectInvalidParameter(reading + "/history?limit=0", "limit");
		expectInvalidParameter(reading + "/history?asOf=" + CURSORS.getFirst(), "asOf");
	}

	@Test
	void pathStateIsShownAsOfCursor() {
		String path = "/api/v1/readers/grace/paths/architect";
		String before = CURSORS.getLast();
		String joined = header(call(HttpMethod.PUT, path), "Cursor");
		JsonNode then = json(call(HttpMethod.GET, path));
		call(HttpMethod.POST, path + "/gates/basics/waive");
		EntityExchangeResult<byte[]> past = call(HttpMethod.GET, path + "?asOf=" + joined);
		assertThat(json(past)).isEqualTo(then).isNotEqualTo(json(call(HttpMethod.GET, path)));
		assertThat(header(past, "Cursor")).isEqualTo(joined);
		WebTestClient grace = progress.clientOf("grace");
		grace.get().uri(path + "?asOf=" + before).exchange().expectStatus().isNotFound();
		for (String query : List.of("asOf=nonsense", "asOf=otherepoch-1", "asOf=9999-01-01T00:00:00Z",
				"asOf=1815-12-10T00:00:00Z")) {
			grace.get()
				.uri(path + "?" + query)
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.errors[0].parameter")
				.isEqualTo("asOf");
		}
		grace.get().uri(path + "?axis=received&asOf=" + joined).exchange().expectStatus().isBadRequest();
	}

	private static EntityExchangeResult<byte[]> call(HttpMethod method, String path) {
		return progress.clientOf("grace").method(method).uri(path).exchange().expectBody().returnResult();
	}

	private static String startReading(String reader) {
		return header(post(reader, "/api/v1/readers/" + reader + "/readings", "{\"book\":\"a-book\"}"), "Location");
	}

	private static EntityExchangeResult<byte[]> report(String address, String fraction, Instant occurredAt) {
		return post("ada", address + "/positions",
				"{\"fraction\":" + fraction + ",\"occurredAt\":\"" + occurredAt + "\"}");
	}

	private static String fractionAtEventTime(String address, Instant asOf) {
		return json(get(address + "?axis=occurred&asOf=" + asOf)).path("position").path("fraction").toString();
	}

	private static void addExpected(EntityExchangeResult<byte[]> answer) {
		CURSORS.add(header(answer, "Cursor"));
		JsonNode content = json(answer);
		EXPECTED.add(content.has("reading") ? content.path("reading") : content);
	}

	private static String logStartCursor() {
		return CURSORS.getFirst().replaceFirst("-.*", "-0");
	}

	private static EntityExchangeResult<byte[]> post(String reader, String path, String content) {
		return progress.clientOf(reader)
			.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(content)
			.exchange()
			.expectStatus()
			.is2xxSuccessful()
			.expectBody()
			.returnResult();
	}

	private static EntityExchangeResult<byte[]> get(String path) {
		return ada.get().uri(path).exchange().expectStatus().isOk().expectBody().returnResult();
	}

	private static void expectNotFound(String path) {
		ada.get().uri(path).exchange().expectStatus().isNotFound();
	}

	/** The query is sent as it is written. */
	private static void expectInvalidParameter(String path, String parameter) {
		ada.get()
			.uri(URI.create("http://127.0.0.1:" + progress.port() + path))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/invalid-parameter")
			.jsonPath("$.errors[0].parameter")
			.isEqualTo(parameter);
	}

	private static String header(EntityExchangeResult<byte[]> answer, String name) {
		return Objects.requireNonNull(answer.getResponseHeaders().getFirst(name));
	}

	private static JsonNode json(EntityExchangeResult<byte[]> answer) {
		return MAPPER.readTree(answer.getResponseBodyContent());
	}

}
