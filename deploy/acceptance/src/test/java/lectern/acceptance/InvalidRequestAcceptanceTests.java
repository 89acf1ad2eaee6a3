package lectern.acceptance;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** An invalid request is answered with a problem and changes nothing. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class InvalidRequestAcceptanceTests {

	private static final String READINGS = "/api/v1/readers/{reader}/readings";

	private final String handle = "bad-input-" + UUID.randomUUID().toString().substring(0, 8);

	private LecternInstance.AuthenticatedClient reader;

	private String reading;

	private WebTestClient anonymousClient;

	@BeforeEach
	void startReading(LecternInstance lectern) {
		this.anonymousClient = lectern.anonymousClient();
		this.reader = lectern.registerReader(this.handle);
		this.reading = JsonTrees
			.parse(this.reader.client()
				.post()
				.uri(READINGS, this.handle)
				.bodyValue(Map.of("book", "fluent-python"))
				.exchange()
				.expectStatus()
				.isCreated())
			.path("id")
			.asString();
		// Read models are eventually consistent.
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> this.reader.client()
				.get()
				.uri(READINGS + "/{reading}", this.handle, this.reading)
				.exchange()
				.expectStatus()
				.isOk());
	}

	/**
	 * The gateway routes by prefix; only the services know which paths and methods exist.
	 */
	@ParameterizedTest
	@CsvSource({ "GET, /api/v1/nothing, 404", "GET, /api/v1/bookz, 404", "DELETE, /api/v1/topics, 405",
			"FOO, /api/v1/topics, 405", "TRACE, /api/v1/books, 405", "FOO, /api/v1/nothing, 404",
			"FOO, /api/v1/catalog/events, 405", "FOO, /api/v1/readers/ada/readings, 405",
			"GET, /api/v1/readers/ada/nothing, 404", "POST, /api/v1/books/a/b, 404", "POST, /api/v1/activity, 405",
			"PUT, /api/v1/topics, 405", "DELETE, /api/v1/catalog/events, 405", "POST, /api/v1/readers/ada/events, 405",
			"OPTIONS, /api/v1/books/a, 204", "OPTIONS, /api/v1/readers/ada/readings, 204",
			"OPTIONS, /api/v1/catalog/events, 204", "GET, /api/v1/readers/ada/readings, 401",
			"GET, /api/v1/readers/ada/events, 401", "PUT, /api/v1/books/a, 401", "GET, /api/v1/imports, 401" })
	void identityIsAskedForOnlyWhereItIsNeeded(HttpMethod method, String path, int status) {
		HttpHeaders headers = this.anonymousClient.method(method)
			.uri(path)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.returnResult(Void.class)
			.getResponseHeaders();
		if (status == 204 || status == 405) {
			assertThat(headers.getAllow()).isNotEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"fraction": 0.5                     | 400 | malformed |
			{"fraction": NaN}                    | 400 | malformed |
			`not json at all`                    | 400 | malformed |
			[]                                   | 400 | malformed |
			{"fraction": 1.2}                    | 422 | invalid   | /fraction
			{"fraction": -0.01}                  | 422 | invalid   | /fraction
			{"fraction": "NaN"}                  | 422 | invalid   | /fraction
			{"fraction": null}                   | 422 | invalid   | /fraction
			{}                                   | 422 | invalid   | /fraction
			{"fraction": 0.5, "percent": 50}     | 422 | invalid   | /percent
			{"fraction": 0.5, "page": -1}        | 422 | invalid   | /page
			{"fraction": 0.5, "occurredAt": "x"} | 422 | invalid   | /occurredAt
			{"fraction": 0.5, "device": {}}      | 422 | invalid   | /device/id
			""")
	void invalidPositionIsRejected(String content, int status, String type, String pointer) {
		JsonNode problem = assertProblem(this.reader.client()
			.post()
			.uri(READINGS + "/{reading}/positions", this.handle, this.reading)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(content)
			.exchange(), status, type);
		if (pointer != null) {
			assertThat(problem.path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
		}
		JsonNode after = JsonTrees.parse(this.reader.client()
			.get()
			.uri(READINGS + "/{reading}", this.handle, this.reading)
			.exchange()
			.expectStatus()
			.isOk());
		assertThat(after.path("version").asInt()).isOne();
		assertThat(after.has("position")).isFalse();
	}

	@Test
	void unknownBookIsRejected() {
		assertProblem(this.reader.client()
			.post()
			.uri(READINGS, this.handle)
			.bodyValue(Map.of("book", "no-such-book"))
			.exchange(), 409, "unknown-book");
		assertProblem(this.reader.client().get().uri("/api/v1/books/no-such-book").exchange(), 404, "not-found");
	}

	@Test
	void accessToAnotherReadersDataIsForbidden(LecternInstance lectern) {
		WebTestClient other = lectern.registerReader("other-" + this.handle).client();
		assertProblem(other.get().uri(READINGS, this.handle).exchange(), 403, "forbidden");
		assertProblem(other.get().uri("/api/v1/readers/{reader}/events", this.handle).exchange(), 403, "forbidden");
		assertProblem(other.post()
			.uri(READINGS + "/{reading}/positions", "other-" + this.handle, this.reading)
			.bodyValue(Map.of("fraction", 0.5))
			.exchange(), 404, "not-found");
		assertProblem(other.put()
			.uri("/api/v1/books/fluent-python")
			.header("If-Match", "*")
			.bodyValue(Map.of("title", "Mine now"))
			.exchange(), 403, "forbidden");
	}

	@Test
	void forgedTokenIsUnauthenticated(LecternInstance lectern) {
		String good = this.reader.token();
		for (String bad : List.of("nonsense", ForgedTokens.withModifiedClaims(good),
				ForgedTokens.withAlgorithmNone(good), ForgedTokens.signedByUnknownKey(good))) {
			lectern.anonymousClient()
				.get()
				.uri("/api/v1/books")
				.headers((headers) -> headers.setBearerAuth(bad))
				.exchange()
				.expectStatus()
				.isOk();
			for (String path : List.of("/api/v1/readers/" + this.handle + "/readings", "/api/v1/imports",
					"/api/v1/readers/" + this.handle + "/events")) {
				assertProblem(lectern.anonymousClient()
					.get()
					.uri(path)
					.headers((headers) -> headers.setBearerAuth(bad))
					.exchange()
					.expectHeader()
					.exists("WWW-Authenticate"), 401, "unauthenticated");
			}
		}
	}

	@Test
	void importReportsBinaryContentAndOverlongLine(LecternInstance lectern) {
		byte[] binary = new byte[256 * 1024];
		new java.util.Random(7).nextBytes(binary);
		WebTestClient curator = lectern.adminClient();

		JsonNode nonsense = importList(curator, Flux.just(binary));
		assertThat(nonsense.path("added").asInt()).isZero();
		assertThat(nonsense.path("refused").asInt()).isPositive();

		byte[] tenMegabytes = ("* [" + "x".repeat(10 << 20) + "](http://example.org/long)\n").getBytes();
		JsonNode longLine = importList(curator,
				Flux.just("* [Before](http://example.org/before-the-long-line) - A. Author\n".getBytes(), tenMegabytes,
						"* [After](http://example.org/after-the-long-line) - A. Author\n".getBytes()));
		assertThat(longLine.path("read").asInt()).isEqualTo(3);
		assertThat(longLine.path("refused").asInt()).isEqualTo(1);
		assertThat(longLine.path("refusals").path(0).path("line").asInt()).isEqualTo(2);
		assertThat(longLine.path("refusals").path(0).path("reason").asString()).isNotEmpty();
		assertThat(longLine.path("refusals").path(0).path("text").asString()).hasSizeLessThan(300);
	}

	@Test
	void invalidQueryParameterIsRejected(LecternInstance lectern) {
		for (String query : List.of("limit=0", "limit=201", "limit=x", "page=nonsense", "colour=red",
				"limit=1&limit=2")) {
			JsonNode problem = assertProblem(lectern.anonymousClient().get().uri("/api/v1/books?" + query).exchange(),
					400, "invalid-parameter");
			assertThat(problem.path("errors").path(0).path("parameter").asString())
				.isEqualTo(query.substring(0, query.indexOf('=')));
		}
	}

	private static JsonNode importList(WebTestClient curator, Flux<byte[]> list) {
		return JsonTrees.parse(curator.post()
			.uri("/api/v1/imports?language=en")
			.contentType(MediaType.TEXT_MARKDOWN)
			.body(list, byte[].class)
			.exchange()
			.expectStatus()
			.isCreated());
	}

	/** Assert that the response is a problem of this type and reveals no internals. */
	private JsonNode assertProblem(WebTestClient.ResponseSpec answer, int status, String type) {
		String text = answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.exists("X-Request-Id")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		JsonNode problem = JsonTrees.parse(text);
		assertThat(problem.path("type").asString()).isEqualTo("/problems/" + type);
		assertThat(problem.path("status").asInt()).isEqualTo(status);
		assertThat(getProblemPage(problem.path("type").asString()))
			.contains("<h1>" + problem.path("title").asString() + "</h1>", "HTTP " + status);
		assertThat(problem.path("requestId").asString()).isNotEmpty();
		assertThat(text).doesNotContain("Exception", "lectern.", "org.", "select ");
		return problem;
	}

	/** The page at the address of the problem's type. */
	private String getProblemPage(String type) {
		return this.anonymousClient.get()
			.uri(type)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}
