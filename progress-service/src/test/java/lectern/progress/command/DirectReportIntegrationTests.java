package lectern.progress.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Timer;
import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reports that are handled before the web framework, compared with the same reports that
 * the framework handles because of an unknown header.
 */
class DirectReportIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private static final String UNKNOWN_HEADER = "X-Unknown: 1";

	private static final String REPORT = """
			{"fraction":0.25,"page":100,"chapter":"Fünf","locator":"x","device":{"id":"d","name":"Phone"}}""";

	/** What differs between two equal reports to two readings of one reader. */
	private static final Pattern VARIABLE = Pattern.compile("(\"(?:id|startedAt|receivedAt|occurredAt)\":\""
			+ "|\"instance\":\"/api/v1/readers/[^/]*/readings/|cursor: |x-request-id: |content-length: |\"requestId\":\")[-0-9a-zA-Z:.]+",
			Pattern.CASE_INSENSITIVE);

	private final TestReader reader = PROGRESS.newReader();

	private final TestReading direct = this.reader.start("a-book");

	private final TestReading ordinary = this.reader.start("a-book");

	@BeforeAll
	static void addBook() {
		PROGRESS.addBook("a-book", "A Book", "Somebody", "[{\"label\":\"2nd\",\"pages\":400}]");
	}

	@Test
	void usualReportSkipsTheFramework() throws IOException {
		long before = PROGRESS.frameworkRequests();

		assertThat(send(this.direct, headers(), REPORT)).startsWith("HTTP/1.1 200");
		assertThat(send(this.direct, headers("If-Match: \"2\"", "X-Request-Id: 12345678"), REPORT))
			.startsWith("HTTP/1.1 200");

		assertThat(PROGRESS.frameworkRequests()).isEqualTo(before);
		assertThat(this.reader.eventCount()).isEqualTo(4);
	}

	@Test
	void reportOfPageAloneSkipsTheFramework() throws IOException {
		this.direct.ifMatch("*").patch("{\"edition\":\"2nd\"}").assertStatus(200);
		long before = PROGRESS.frameworkRequests();

		assertThat(send(this.direct, headers(), "{\"page\":120}")).startsWith("HTTP/1.1 200")
			.contains("\"position\":{\"fraction\":0.3,\"page\":120,");

		assertThat(PROGRESS.frameworkRequests()).isEqualTo(before);
	}

	@Test
	void usualReportThroughTheGatewaySkipsTheFramework() throws IOException {
		long before = PROGRESS.frameworkRequests();

		assertThat(send(this.direct,
				headers("X-Request-Id: 12345678", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: http",
						"X-Forwarded-Host: localhost", "X-Forwarded-Port: 8080", "User-Agent: e-reader"),
				REPORT))
			.startsWith("HTTP/1.1 200");

		assertThat(PROGRESS.frameworkRequests()).isEqualTo(before);
	}

	@Test
	void repeatedReportHasTheSameResponse() throws IOException {
		long before = PROGRESS.frameworkRequests();

		String first = send(this.direct, headers("Idempotency-Key: a", "X-Request-Id: 12345678"), REPORT);
		String repeated = send(this.direct, headers("Idempotency-Key: a", "X-Request-Id: 12345678"), REPORT);

		assertThat(PROGRESS.frameworkRequests()).isEqualTo(before);
		assertThat(repeated.replace("Idempotency-Replayed: true\r\n", "")).isEqualTo(first).isNotEqualTo(repeated);
		assertThat(normalize(repeated)).isEqualTo(normalize(
				send(this.direct, headers("Idempotency-Key: a", "X-Request-Id: 12345678", UNKNOWN_HEADER), REPORT)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Accept-Encoding: gzip", "Accept-Encoding: identity", "Accept-Encoding: gzip;q=0" })
	void longResponseIsCompressedLikeOthers(String acceptEncoding) throws IOException {
		String report = REPORT.replace("\"x\"", "\"" + "x".repeat(1500) + "\"");
		long before = PROGRESS.frameworkRequests();

		String response = send(this.direct, headers(acceptEncoding), report);

		assertThat(PROGRESS.frameworkRequests()).isEqualTo(before);
		assertThat(response.toLowerCase(Locale.ROOT)).contains("vary: accept-encoding\r\n");
		assertThat(response.toLowerCase(Locale.ROOT).contains("content-encoding: gzip\r\n"))
			.isEqualTo(acceptEncoding.endsWith("gzip"));
		assertThat(normalize(response))
			.isEqualTo(normalize(send(this.ordinary, headers(acceptEncoding, UNKNOWN_HEADER), report)));
	}

	@Test
	void keyThatWasUsedForAnotherReportIsRefusedByTheFramework() throws IOException {
		send(this.direct, headers("Idempotency-Key: a"), REPORT);

		String response = send(this.direct, headers("Idempotency-Key: a"), REPORT.replace("100", "101"));

		assertThat(response).startsWith("HTTP/1.1 422").contains("/problems/idempotency-key-reused");
	}

	static Stream<List<String>> unusualHeaders() {
		return Stream.of(headers(UNKNOWN_HEADER), headers("Accept: text/html"), headers("Origin: http://example.org"),
				headers("X-Request-Id: 12345678", "X-Request-Id: 12345678"), headers("Cookie: lectern-token=x"),
				headers("Expect: 100-continue"));
	}

	@ParameterizedTest
	@MethodSource("unusualHeaders")
	void unusualReportIsLeftToTheFramework(List<String> headers) throws IOException {
		long before = PROGRESS.frameworkRequests();

		send(this.direct, headers, REPORT);

		assertThat(PROGRESS.frameworkRequests()).isEqualTo(before + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"fraction\":2}", "{}", "nonsense", "{\"fraction\":0.5,\"page\":null}",
			"{\"fraction\":0.5,\"fraction\":0.5}" })
	void unusualContentIsLeftToTheFramework(String content) throws IOException {
		long before = PROGRESS.frameworkRequests();

		String response = send(this.direct, headers(), content);

		assertThat(normalize(response)).isEqualTo(normalize(send(this.ordinary, headers(UNKNOWN_HEADER), content)));
		assertThat(PROGRESS.frameworkRequests()).isEqualTo(before + 2);
	}

	@Test
	void refusedReportIsHandledOnceAndAnsweredByTheFramework() throws IOException {
		this.direct.finish().assertStatus(200);
		this.ordinary.finish().assertStatus(200);
		long before = PROGRESS.frameworkRequests();

		String response = send(this.direct, headers(), REPORT);

		assertThat(response).startsWith("HTTP/1.1 409").contains("application/problem+json");
		assertThat(normalize(response)).isEqualTo(normalize(send(this.ordinary, headers(UNKNOWN_HEADER), REPORT)));
		assertThat(PROGRESS.frameworkRequests()).isEqualTo(before + 2);
	}

	@Test
	void reportOfAnotherReaderIsRefusedByTheFramework() throws IOException {
		TestReader other = PROGRESS.newReader();
		other.get("").status();

		String response = send(this.direct, List.of("Authorization: Bearer " + other.token()), REPORT);

		assertThat(response).startsWith("HTTP/1.1 403").contains("/problems/forbidden");
	}

	@Test
	void reportWithoutTokenIsJudgedByTheFramework() throws IOException {
		List<String> headers = List.of("Content-Type: application/json");
		String path = this.direct.path() + "/positions";

		assertThat(PROGRESS.rawHttpClient().post(path, headers, REPORT)).startsWith("HTTP/1.1 401")
			.contains("/problems/unauthenticated");
		assertThat(PROGRESS.rawHttpClient().post(path + "/unknown", headers, REPORT)).startsWith("HTTP/1.1 404");
	}

	@Test
	void reportThatExcludesJsonIsRefusedByTheFramework() throws IOException {
		assertThat(send(this.direct, headers("Accept: application/json;q=0"), REPORT)).startsWith("HTTP/1.1 406");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: other.example", "X-Request-Id: 1234\r\n 5678" })
	void malformedReportIsRefusedByTheServer(String header) throws IOException {
		long before = PROGRESS.frameworkRequests();

		assertThat(send(this.direct, headers(header), REPORT)).startsWith("HTTP/1.1 400")
			.containsIgnoringCase("x-request-id: ")
			.contains("/problems/malformed");

		assertThat(PROGRESS.frameworkRequests()).isEqualTo(before);
		assertThat(this.reader.eventCount()).isEqualTo(2);
	}

	@Test
	void directReportsAreCountedUnderTheSameMeters() throws IOException {
		long before = successes();

		send(this.direct, headers(), REPORT);
		send(this.ordinary, headers(UNKNOWN_HEADER), REPORT);

		// A request is counted after its response has been sent.
		awaitSuccesses(before + 2);
		assertThat(PROGRESS.meters()
			.find("http.server.requests.active")
			.tags("method", "POST", "status", "200", "uri", "UNKNOWN")
			.longTaskTimers()).singleElement().isNotNull();
	}

	@Test
	void managementPortHasNoReports() throws IOException {
		String response = PROGRESS.rawManagementClient()
			.post(this.direct.path() + "/positions",
					List.of("Authorization: Bearer " + this.reader.token(), "Content-Type: application/json"), REPORT);

		assertThat(response).startsWith("HTTP/1.1 404");
	}

	@Test
	void randomReportsHaveTheSameResponses() throws IOException {
		Random random = new Random(14);
		for (int i = 0; i < 150; i++) {
			String content = RandomReports.content(random);
			List<String> headers = RandomReports.headers(random);
			List<String> unusualHeaders = new ArrayList<>(headers);
			unusualHeaders.add(UNKNOWN_HEADER);

			String response = send(this.direct, headers, content);

			assertThat(normalize(response)).as("response to %s with %s", content, headers)
				.isEqualTo(normalize(send(this.ordinary, unusualHeaders, content)));
		}
	}

	private static List<String> headers(String... headers) {
		return List.of(headers);
	}

	private String send(TestReading reading, List<String> headers, String content) throws IOException {
		List<String> all = new ArrayList<>(headers);
		if (headers.stream().noneMatch((header) -> header.startsWith("Authorization"))) {
			all.add("Authorization: Bearer " + this.reader.token());
		}
		if (headers.stream().noneMatch((header) -> header.startsWith("Content-Type"))) {
			all.add("Content-Type: application/json");
		}
		return PROGRESS.rawHttpClient().post(reading.path() + "/positions", all, content);
	}

	private static long successes() {
		Timer timer = PROGRESS.meters()
			.find("http.server.requests")
			.tags("method", "POST", "status", "200", "uri", "/api/v1/readers/{reader}/readings/{reading}/positions")
			.timer();
		return (timer != null) ? timer.count() : 0;
	}

	private static void awaitSuccesses(long expected) {
		Mono.fromSupplier(DirectReportIntegrationTests::successes)
			.filter((count) -> count == expected)
			.repeatWhenEmpty((empty) -> empty.delayElements(Duration.ofMillis(20)))
			.block(HANG_LIMIT);
	}

	private static String normalize(String response) {
		return VARIABLE.matcher(response).replaceAll("$1…");
	}

}
