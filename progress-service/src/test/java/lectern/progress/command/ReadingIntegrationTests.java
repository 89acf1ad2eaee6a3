package lectern.progress.command;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.progress.account.ProgressFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Readings over HTTP, as a reader's program sees them. */
class ReadingIntegrationTests {

	private static final String READINGS = "/api/v1/readers/ada/readings";

	private static ProgressFixture progress;

	private static WebTestClient ada;

	private static WebTestClient eve;

	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.addBook("fluent-python", "Fluent Python", "Luciano Ramalho");
		progress.addBook("other", "Other", "Somebody");
		ada = progress.clientOf("ada");
		eve = progress.clientOf("eve");
		// The JSON mapper learns each type once, under a lock that would be seen as
		// blocking.
		post(ada, sharedReading() + "/positions", "{\"fraction\":0.1}").expectStatus().isOk().expectBody();
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void startedReadingIsReturnedByGet() {
		EntityExchangeResult<byte[]> started = post(ada, READINGS, "{\"book\":\"fluent-python\",\"edition\":\"2nd\"}")
			.expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectHeader()
			.valueEquals(HttpHeaders.CACHE_CONTROL, "private, no-store")
			.expectHeader()
			.valueMatches("Cursor", "[a-z0-9]{12}-[a-z0-9]+")
			.expectBody()
			.jsonPath("$.book.id")
			.isEqualTo("fluent-python")
			.jsonPath("$.book.title")
			.isEqualTo("Fluent Python")
			.jsonPath("$.book.authors[0]")
			.isEqualTo("Luciano Ramalho")
			.jsonPath("$.edition")
			.isEqualTo("2nd")
			.jsonPath("$.status")
			.isEqualTo("reading")
			.jsonPath("$.version")
			.isEqualTo(1)
			.jsonPath("$.devices")
			.isEmpty()
			.jsonPath("$.position")
			.doesNotExist()
			.returnResult();
		String address = Objects.requireNonNull(started.getResponseHeaders().getLocation()).toString();
		assertThat(address).matches(READINGS + "/[0-9a-f-]{36}");
		String cursor = started.getResponseHeaders().getFirst("Cursor");
		String shown = text(get(ada, address + "?seen=" + cursor).expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectHeader()
			.exists("Cursor"));
		assertThat(shown).isEqualTo(new String(Objects.requireNonNull(started.getResponseBody())));
		get(ada, READINGS + "?limit=200&status=reading&seen=" + cursor).expectStatus()
			.isOk()
			.expectHeader()
			.exists("Cursor")
			.expectBody(String.class)
			.value((list) -> assertThat(list).contains(shown));
		ada.get()
			.uri(address)
			.header(HttpHeaders.IF_NONE_MATCH, "\"1\"")
			.exchange()
			.expectStatus()
			.isNotModified()
			.expectBody()
			.isEmpty();
	}

	@Test
	void repeatedStartWithSameIdCreatesOneReading() {
		String id = UUID.randomUUID().toString();
		String start = "{\"book\":\"fluent-python\",\"id\":\"" + id + "\"}";
		String first = text(post(ada, READINGS, start).expectStatus().isCreated());
		ResponseSpec again = post(ada, READINGS, start).expectStatus().isOk();
		again.expectHeader().location(READINGS + "/" + id);
		assertThat(text(again)).isEqualTo(first);
		assertProblem(post(ada, READINGS, "{\"book\":\"other\",\"id\":\"" + id + "\"}"), 409, "reading-id-taken");
		assertProblem(post(eve, READINGS.replace("ada", "eve"), start), 409, "reading-id-taken");
	}

	@Test
	void rejectsUnknownBook() {
		long before = eventCount();
		assertProblem(post(ada, READINGS, "{\"book\":\"no-such-book\"}"), 409, "unknown-book");
		assertThat(eventCount()).isEqualTo(before);
	}

	@Test
	void reportMovesPositionOrReturnsReason() {
		String address = startedReading();
		ResponseSpec moved = post(ada, address + "/positions", """
				{"fraction":0.25,"page":100,"chapter":"Five","locator":"x","device":{"id":"d","name":"Phone"}}""");
		BodyContentSpec body = moved.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"2\"")
			.expectHeader()
			.exists("Cursor")
			.expectBody();
		body.jsonPath("$.moved").isEqualTo(true).jsonPath("$.reason").doesNotExist();
		body.jsonPath("$.reading.position.fraction").isEqualTo(0.25).jsonPath("$.reading.version").isEqualTo(2);
		body.jsonPath("$.reading.position.device.name").isEqualTo("Phone");
		body.jsonPath("$.reading.furthest.page").isEqualTo(100);
		body.jsonPath("$.reading.position.occurredAt").exists().jsonPath("$.reading.position.receivedAt").exists();
		EntityExchangeResult<byte[]> late = post(ada, address + "/positions",
				"{\"fraction\":0.75,\"occurredAt\":\"2020-01-01T00:00:00+01:00\"}")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.moved")
			.isEqualTo(false)
			.jsonPath("$.reason")
			.isEqualTo("occurred-before-current")
			.jsonPath("$.reading.position.fraction")
			.isEqualTo(0.25)
			.jsonPath("$.reading.furthest.fraction")
			.isEqualTo(0.75)
			.jsonPath("$.reading.furthest.occurredAt")
			.isEqualTo("2019-12-31T23:00:00Z")
			.returnResult();
		get(ada, address + "?seen=" + late.getResponseHeaders().getFirst("Cursor")).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.version")
			.isEqualTo(3)
			.jsonPath("$.furthest.fraction")
			.isEqualTo(0.75);
	}

	@Test
	void concurrentReportsAllSucceed() {
		String address = startedReading();
		WebClient client = WebClient.create("http://127.0.0.1:" + progress.port());
		String token = progress.token("ada");
		List<String> tags = Objects.requireNonNull(Flux.range(1, 16)
			.flatMap((number) -> client.post()
				.uri(address + "/positions")
				.headers((headers) -> headers.setBearerAuth(token))
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"fraction\":0.5}")
				.retrieve()
				.toBodilessEntity()
				.map((answer) -> answer.getHeaders().getETag()), 16)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(tags).containsExactlyInAnyOrderElementsOf(
				IntStream.rangeClosed(2, 17).mapToObj((version) -> "\"" + version + "\"").toList());
	}

	static Stream<Arguments> invalidReports() {
		String device = "{\"fraction\":0.5,\"device\":%s}";
		return Stream.of(invalid("{\"fraction\":1.2}", "/fraction"), invalid("{\"fraction\":-0.1}", "/fraction"),
				invalid("{\"fraction\":1.0000001}", "/fraction"), invalid("{\"fraction\":\"abc\"}", "/fraction"),
				invalid("{\"fraction\":\"0.5\"}", "/fraction"), invalid("{\"fraction\":\"NaN\"}", "/fraction"),
				invalid("{\"fraction\":true}", "/fraction"), invalid("{\"fraction\":null}", "/fraction"),
				invalid("{\"fraction\":[0.5]}", "/fraction"), invalid("{\"fraction\":1e999999}", "/fraction"),
				invalid("{}", "/fraction"), invalid("{\"fractoin\":0.5}", "/fractoin"),
				invalid("{\"fraction\":0.5,\"a/b~c\":1}", "/a~1b~0c"),
				invalid("{\"fraction\":0.5,\"page\":-1}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":1000001}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":1.5}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":\"7\"}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":99999999999999999999}", "/page"),
				invalid("{\"fraction\":0.5,\"page\":true}", "/page"),
				invalid("{\"fraction\":0.5,\"chapter\":\"" + "x".repeat(501) + "\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":\"\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":\"a\\u0000b\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":\"a\\nb\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":\"\\ud800\"}", "/chapter"),
				invalid("{\"fraction\":0.5,\"chapter\":7}", "/chapter"),
				invalid("{\"fraction\":0.5,\"locator\":\"" + "x".repeat(2001) + "\"}", "/locator"),
				invalid(device.formatted("{}"), "/device/id"), invalid(device.formatted("\"d\""), "/device"),
				invalid(device.formatted("{\"id\":null}"), "/device/id"),
				invalid(device.formatted("{\"id\":7}"), "/device/id"),
				invalid(device.formatted("{\"id\":\"" + "x".repeat(101) + "\"}"), "/device/id"),
				invalid(device.formatted("{\"id\":\"d\",\"name\":\"" + "x".repeat(201) + "\"}"), "/device/name"),
				invalid(device.formatted("{\"id\":\"d\",\"nome\":\"x\"}"), "/device/nome"),
				invalid("{\"fraction\":0.5,\"locator\":[\"x\"]}", "/locator"),
				invalid("{\"fraction\":0.5,\"occurredAt\":\"yesterday\"}", "/occurredAt"),
				invalid("{\"fraction\":0.5,\"occurredAt\":\"2026-03-01T12:00:00.%sZ\"}".formatted("0".repeat(50)),
						"/occurredAt"),
				invalid("{\"fraction\":0.5,\"sentAt\":0}", "/sentAt"),
				invalid("{\"fraction\":0.5,\"occurredAt\":1700000000}", "/occurredAt"),
				invalid("{\"fraction\":0.5,\"occurredAt\":\"2026-03-01T12:00:00\"}", "/occurredAt"),
				invalid("{\"fraction\":0.5,\"occurredAt\":\"1969-12-31T23:59:59Z\"}", "/occurredAt"),
				invalid("{\"fraction\":0.5,\"sentAt\":\"+1000000000-12-31T23:59:59Z\"}", "/sentAt"));
	}

	@ParameterizedTest
	@MethodSource("invalidReports")
	void invalidReportIsRejectedWithPointer(String content, String pointer) {
		long before = eventCount();
		assertProblem(post(ada, sharedReading() + "/positions", content), 422, "invalid")
			.jsonPath("$.errors[0].pointer")
			.isEqualTo(pointer);
		assertThat(eventCount()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "nonsense", "[]", "7", "\"text\"", "null", "{\"fraction\":NaN}",
			"{\"fraction\":Infinity}", "{\"fraction\":.5}", "{\"fraction\":0.5,\"fraction\":0.6}",
			"{\"fraction\":0.5}{\"fraction\":0.6}", "{\"fraction\":0.5,}" })
	void rejectsMalformedBody(String content) {
		assertProblem(post(ada, sharedReading() + "/positions", content), 400, "malformed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"fraction\":0}", "{\"fraction\":1}", "{\"fraction\":0.0}", "{\"fraction\":1e-400}",
			"{\"fraction\":5e-1,\"page\":0}", "{\"fraction\":0.5,\"chapter\":\"\uD83D\uDCD6 \u5341\"}",
			"{\"fraction\":0.5,\"occurredAt\":\"9999-12-31T23:59:59Z\",\"sentAt\":\"1970-01-01T00:00:00Z\"}",
			"{\"fraction\":0.5,\"occurredAt\":\"1970-01-01T00:00:00Z\",\"sentAt\":\"9999-12-31T23:59:59Z\"}" })
	void acceptsUnusualButValidReport(String content) {
		post(ada, startedReading() + "/positions", content).expectStatus().isOk().expectBody();
	}

	@ParameterizedTest
	@MethodSource("invalidStarts")
	void invalidStartIsRejectedWithPointer(String content, String pointer) {
		long before = eventCount();
		assertProblem(post(ada, READINGS, content), 422, "invalid").jsonPath("$.errors[0].pointer").isEqualTo(pointer);
		assertThat(eventCount()).isEqualTo(before);
	}

	static Stream<Arguments> invalidStarts() {
		return Stream.of(invalid("{}", "/book"), invalid("{\"book\":7}", "/book"), invalid("{\"book\":\"\"}", "/book"),
				invalid("{\"book\":null}", "/book"), invalid("{\"book\":[\"other\"]}", "/book"),
				invalid("{\"book\":\"other\",\"id\":7}", "/id"), invalid("{\"book\":\"other\",\"id\":\"\"}", "/id"),
				invalid("{\"book\":\"other\",\"id\":\"" + UUID.randomUUID().toString().repeat(100) + "\"}", "/id"),
				invalid("{\"book\":\"other\",\"edition\":2}", "/edition"),
				invalid("{\"book\":\"other\",\"edition\":\" \"}", "/edition"),
				invalid("{\"book\":\"" + "x".repeat(81) + "\"}", "/book"), invalid("{\"book\":\"a\\u0000\"}", "/book"),
				invalid("{\"book\":\"other\",\"id\":\"1\"}", "/id"),
				invalid("{\"book\":\"other\",\"id\":\"1-1-1-1-1\"}", "/id"),
				invalid("{\"book\":\"other\",\"edition\":\"" + "x".repeat(201) + "\"}", "/edition"),
				invalid("{\"book\":\"other\",\"reader\":\"eve\"}", "/reader"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-uuid", "1-1-1-1-1", "0f8fad5b-d9cb-469f-a165-70867728950e", "'" })
	void unknownReadingIsNotFound(String id) {
		assertProblem(post(ada, READINGS + "/" + id + "/positions", "{\"fraction\":0.5}"), 404, "not-found");
		assertProblem(get(ada, READINGS + "/" + id), 404, "not-found");
	}

	@Test
	void suspiciousPathIsRejectedAndConnectionStaysUsable() {
		for (String hidden : List.of("%00", "%0A", "..%2Feve")) {
			assertProblem(post(ada, READINGS + "/" + hidden + "/positions", "{\"fraction\":0.5}"), 400, "malformed");
			assertProblem(post(ada, READINGS + "/none/positions", "{\"fraction\":0.5}"), 404, "not-found");
		}
	}

	@Test
	void otherReadersReadingIsNotFound() {
		String hers = startedReading().replace("ada", "eve");
		assertProblem(post(eve, hers + "/positions", "{\"fraction\":0.5}"), 404, "not-found");
		assertProblem(get(eve, hers), 404, "not-found");
	}

	@Test
	void otherReadersPathIsForbiddenAndAnonymousIsUnauthenticated() {
		String address = startedReading();
		for (String path : List.of(READINGS, address, "/api/v1/readers/ada/events")) {
			assertProblem(get(eve, path), 403, "forbidden");
			assertProblem(get(progress.anonymousClient(), path), 401, "unauthenticated");
		}
		for (String path : List.of(READINGS, address + "/positions")) {
			assertProblem(post(eve, path, "{}"), 403, "forbidden");
			assertProblem(post(progress.anonymousClient(), path, "{}"), 401, "unauthenticated");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=201", "limit=x", "limit=1&limit=2", "page=nonsense",
			"page=MDpub25zZW5zZQ", "status=open", "status=", "seen=nonsense", "seen=otherepoch1-1", "asOf=now", "q=x" })
	void rejectsInvalidParameterByName(String query) {
		assertProblem(get(ada, READINGS + "?" + query), 400, "invalid-parameter").jsonPath("$.errors[0].parameter")
			.isEqualTo(query.substring(0, query.indexOf('=')));
	}

	@Test
	void pagingReturnsEveryReadingOnce() {
		WebTestClient grace = progress.clientOf("grace");
		String readings = READINGS.replace("ada", "grace");
		List<String> started = new ArrayList<>();
		String cursor = null;
		for (int number = 0; number < 5; number++) {
			EntityExchangeResult<byte[]> result = post(grace, readings, "{\"book\":\"other\"}").expectStatus()
				.isCreated()
				.expectBody()
				.returnResult();
			started.add(String.valueOf(result.getResponseHeaders().getLocation()).substring(readings.length() + 1));
			cursor = result.getResponseHeaders().getFirst("Cursor");
		}
		List<String> seen = new ArrayList<>();
		String query = "?limit=2&seen=" + cursor;
		for (int page = 0; page < 3; page++) {
			Map<?, ?> shown = Objects.requireNonNull(get(grace, readings + query).expectStatus()
				.isOk()
				.expectBody(Map.class)
				.returnResult()
				.getResponseBody());
			((List<?>) shown.get("items")).forEach((item) -> seen.add((String) ((Map<?, ?>) item).get("id")));
			assertThat(shown.containsKey("next")).isEqualTo(page < 2);
			query = "?limit=2&page=" + shown.get("next");
		}
		assertThat(seen).containsExactlyInAnyOrderElementsOf(started).isSorted();
	}

	@Test
	void rejectsUnsupportedRequests() {
		assertProblem(ada.method(HttpMethod.DELETE).uri(READINGS).exchange(), 405, "method-not-allowed");
		assertProblem(ada.get().uri(READINGS).accept(MediaType.TEXT_HTML).exchange(), 406, "not-acceptable");
		assertProblem(ada.post().uri(READINGS).contentType(MediaType.TEXT_PLAIN).bodyValue("x").exchange(), 415,
				"unsupported-media-type");
		assertProblem(post(ada, READINGS, "{\"book\":\"" + "x".repeat(1_100_000) + "\"}"), 413, "too-large");
		assertProblem(get(ada, READINGS + "/" + UUID.randomUUID() + "?asOf=x"), 400, "invalid-parameter");
	}

	@Test
	void onlyPublicKeysArePubliclyCacheable() {
		get(progress.anonymousClient(), "/.well-known/jwks.json").expectStatus()
			.isOk()
			.expectHeader()
			.value(HttpHeaders.CACHE_CONTROL,
					(caching) -> assertThat(caching).contains("public").doesNotContain("private"))
			.expectBody();
		get(ada, READINGS).expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "private, no-store").expectBody();
	}

	private static Arguments invalid(String content, String pointer) {
		return Arguments.of(content, pointer);
	}

	/** One reading for all that changes nothing. */
	private static String sharedReading() {
		return SharedReading.LOCATION;
	}

	private static String startedReading() {
		return Objects
			.requireNonNull(post(ada, READINGS, "{\"book\":\"fluent-python\"}").expectStatus()
				.isCreated()
				.expectBody()
				.returnResult()
				.getResponseHeaders()
				.getLocation())
			.toString();
	}

	private static ResponseSpec post(WebTestClient client, String path, String content) {
		return client.post().uri(uri(path)).contentType(MediaType.APPLICATION_JSON).bodyValue(content).exchange();
	}

	private static ResponseSpec get(WebTestClient client, String path) {
		return client.get().uri(uri(path)).exchange();
	}

	/** Not encoded any further. */
	private static URI uri(String path) {
		return URI.create("http://127.0.0.1:" + progress.port() + path);
	}

	private static String text(ResponseSpec answer) {
		return Objects.requireNonNull(answer.expectBody(String.class).returnResult().getResponseBody());
	}

	private static BodyContentSpec assertProblem(ResponseSpec answer, int status, String problem) {
		return answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.value(HttpHeaders.CACHE_CONTROL, (caching) -> assertThat(caching).contains("no-store"))
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + problem);
	}

	private static long eventCount() {
		return Objects.requireNonNull(Mono
			.from(progress.database().sql("select count(*) from event").map((row) -> row.get(0, Long.class)).one())
			.block(HANG_LIMIT));
	}

	private static final class SharedReading {

		private static final String LOCATION = startedReading();

	}

}
