package lectern.gateway;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends each request on the short way and on the ordinary one. The header {@code TE}
 * makes a request take the ordinary way and changes nothing else: no service sees it.
 */
@NullUnmarked
class RelayIntegrationTests extends GatewayFixture {

	private static final String ID = "X-Request-Id: same-for-both\r\n";

	private static final Pattern GENERATED_ID = Pattern
		.compile("(?i)(x-request-id: |\"requestId\":\")(?!same-for-both)[0-9a-z-]+");

	private static final String SILENT = StubResponses.ROOT + "silent";

	private static final String TOKEN = TestTokens.curator();

	private static final String AUTHORIZATION = "Authorization: Bearer " + TOKEN + "\r\n";

	@ParameterizedTest
	@ValueSource(strings = { "echo", "not-modified", "no-content", "empty", "large", "chunked", "lines", "compressed",
			"cached", "moved", "unusual", "failed", "cookies", "hop-by-hop", "last", "cut", "until-close", "garbage" })
	void responsesAreSame(String name) throws IOException {
		for (String method : List.of("GET", "HEAD")) {
			RawResponse response = assertSame(method, StubResponses.ROOT + name, "");
			assertThat(response.status()).startsWith("HTTP/1.1 ");
		}
	}

	/**
	 * How much of the body is delivered depends on the moment in which the connection
	 * breaks.
	 */
	@Test
	void bodyIsCutOffIfServiceBreaks() throws IOException {
		RawResponse response = send("GET", StubResponses.ROOT + "broken", "");
		assertThat(response.status()).isEqualTo("HTTP/1.1 200 OK");
		assertThat(response.head()).contains("Content-Length: 1000");
		assertThat("beginning").startsWith(response.body());
	}

	/**
	 * The client of the ordinary way takes an informational response for the final one.
	 */
	@Test
	void informationalResponseIsSkipped() throws IOException {
		RawResponse response = send("GET", StubResponses.ROOT + "early", "");
		assertThat(response.status()).isEqualTo("HTTP/1.1 200 OK");
		assertThat(response.body()).isEqualTo("early");
	}

	static Stream<String> headers() {
		return Stream.of("Accept: text/html, */*;q=0.1\r\n", "User-Agent: test\r\nAccept-Encoding: gzip\r\n",
				"If-None-Match: \"7\"\r\nAccept: a/b\r\nAccept: c/d\r\n",
				"X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\n",
				"X-Forwarded-Port: 66\r\nX-Forwarded-Prefix: /evil\r\nX-Real-IP: 6.6.6.6\r\n",
				"Proxy-Authorization: Basic x\r\nKeep-Alive: 3\r\nProxy-Connection: keep-alive\r\n",
				"X-Application-Context: x\r\nProxy-Authenticate: y\r\n", "Cursor: \r\n", "X-Empty:\r\n",
				"Forwarded: for=6.6.6.6\r\n", "Range: bytes=0-1\r\nLast-Event-ID: c7\r\n",
				"Upgrade-Insecure-Requests: 1\r\n", "X-Latin: caf\u00e9\r\n", "Cookie: theme=dark\r\n",
				"Origin: http://other.example\r\n", AUTHORIZATION, "Authorization: Bearer not-a-token\r\n",
				"Authorization: Basic YTpi\r\n", "Authorization: bearer " + TOKEN + "\r\n",
				"Authorization: Bearer " + TestTokens.expired() + "\r\n",
				"Via: 1.0 proxy\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n");
	}

	@ParameterizedTest
	@MethodSource("headers")
	void headersAreHandledTheSame(String headers) throws IOException {
		assertSame("GET", StubResponses.ROOT + "echo", headers);
		assertSame("HEAD", StubResponses.ROOT + "echo", headers);
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.org", "example.org:80", "example.org:8443", "localhost:8080", "127.0.0.1",
			"EXAMPLE.org", "[::1]:8080", "my-host.internal:443", "1.2.3", "a..b" })
	void hostIsForwardedTheSame(String host) throws IOException {
		String request = "GET " + StubResponses.ROOT + "echo HTTP/1.1\r\nHost: " + host + "\r\n" + ID
				+ "Connection: close\r\n";
		assertThat(RawResponse.to(this.port, request + "\r\n"))
			.isEqualTo(RawResponse.to(this.port, request + "TE: trailers\r\n\r\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "echo?author=Luciano%20Ramalho&q=python[", "echo?q=a%5B]&x=%2F%2e", "echo?",
			"echo?q=a+b;c=d", "echo?q=%zz", "echo?q=%", "echo?q=\"", "echo?q={a}", "echo?q=a|b", "echo?q=caf%C3%A9#x",
			"a/../echo", "a//echo", "a/%2e%2e/echo", "echo;a=b", "./echo", "echo/", "a%20b/echo", "a:b@c/echo",
			"~a_b-c.d/echo" })
	void targetIsForwardedTheSame(String target) throws IOException {
		assertSame("GET", StubResponses.ROOT + target, "");
	}

	@Test
	void queryIsForwardedAsItCame() throws IOException {
		String target = "/api/v1/books?author=Luciano%20Ramalho&q=python[";
		assertThat(assertSame("GET", target, "").body()).startsWith("GET " + target + "\n");
	}

	@Test
	void contentIsForwardedTheSame() throws IOException {
		send("GET", StubResponses.ROOT + "echo", AUTHORIZATION);
		for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
			for (String content : List.of("", "{\"a\":1}", "x".repeat(300_000))) {
				RawResponse response = assertSame(method, StubResponses.ROOT + "echo",
						AUTHORIZATION + "Content-Type: text/plain\r\nContent-Length: " + content.length() + "\r\n",
						content);
				assertThat(response.status()).isEqualTo("HTTP/1.1 200 OK");
				assertThat(response.body()).endsWith(content);
			}
			assertSame(method, StubResponses.ROOT + "echo", AUTHORIZATION);
			assertSame(method, StubResponses.ROOT + "echo", "Content-Length: 2\r\n", "{}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 2\r\nContent-Length: 2\r\n", "Content-Length: 2\r\nContent-Length: 3\r\n",
			"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: xchunked\r\n",
			"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "Content-Length : 2\r\n",
			"Content-Length: +2\r\n", "Content-Length: 0x2\r\n", "Content-Length: -1\r\n",
			"Transfer-Encoding : chunked\r\n", " Content-Length: 2\r\n", "X: a\r\n Content-Length: 2\r\n",
			"Connection: Content-Length\r\n", "Expect: 100-continue\r\n", "Host: other.example\r\n", "X\u0000: 1\r\n",
			"Content-Length: 2\n" })
	void smugglingIsHandledTheSame(String headers) throws IOException {
		String smuggled = "{}GET /api/v1/paths/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
		for (String method : List.of("GET", "POST")) {
			assertSame(method, StubResponses.ROOT + "echo", AUTHORIZATION + headers, smuggled);
		}
	}

	/** ADR 22. Only the short way skips the informational response. */
	@Test
	void servicesJudgeRequestsWithoutToken() throws IOException {
		assertThat(send("DELETE", StubResponses.ROOT + "early", "").status()).isEqualTo("HTTP/1.1 200 OK");
		RawResponse denied = assertSame("GET", "/api/v1/readers/ada/readings", "");
		assertThat(denied.status()).startsWith("HTTP/1.1 401 ");
		assertThat(denied.body()).isEqualTo("{\"type\":\"/problems/unauthenticated\"}");
		assertThat(assertSame("DELETE", "/api/v1/readers/ada/nothing", "").status()).startsWith("HTTP/1.1 404 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: other.example\r\n", "X-Folded: a\r\n b\r\n", "no header\r\n" })
	void malformedRequestIsSameProblem(String headers) throws IOException {
		RawResponse response = assertSame("GET", StubResponses.ROOT + "echo", headers);
		assertThat(response.status()).startsWith("HTTP/1.1 400 ");
		assertThat(response.body()).contains("\"type\":\"/problems/malformed\"");
	}

	@Test
	void slowContentIsSameProblem() throws IOException {
		RawResponse response = assertSame("PUT", StubResponses.ROOT + "echo", "Content-Length: 100\r\n", "{");
		assertThat(response.status()).startsWith("HTTP/1.1 408 ");
		assertThat(response.body()).contains("\"type\":\"/problems/stalled\"");
	}

	@Test
	void randomRequestsAreHandledTheSame() throws IOException {
		Random random = new Random(14);
		List<String> pieces = headers().toList();
		List<String> targets = List.of("echo", "echo?q=a%20b[", "cached", "moved", "not-modified", "chunked", "x/y.z");
		for (int i = 0; i < 60; i++) {
			StringBuilder headers = new StringBuilder();
			random.ints(random.nextInt(4), 0, pieces.size()).forEach((piece) -> headers.append(pieces.get(piece)));
			String target = StubResponses.ROOT + targets.get(random.nextInt(targets.size()));
			assertSame(random.nextBoolean() ? "GET" : "HEAD", target, headers.toString());
		}
	}

	@Test
	void unavailableServiceIsSameProblem() throws IOException {
		CATALOG.stop();
		try {
			RawResponse response = assertSame("GET", "/api/v1/books", "");
			assertThat(response.status()).contains("503");
			assertThat(response.head()).contains("Retry-After: 2");
		}
		finally {
			CATALOG.restart();
		}
	}

	@Test
	void slowServiceIsSameProblem() throws IOException {
		assertThat(assertSame("GET", SILENT, "").status()).contains("504");
	}

	/** A service may close a connection at the moment in which it is used again. */
	@Test
	void readIsRepeatedIfUnusedConnectionWasClosed() throws IOException {
		for (int i = 0; i < 3; i++) {
			assertThat(send("GET", StubResponses.ROOT + "once", "").body()).isEqualTo("ok");
		}
	}

	@Test
	void requestsOnOneConnectionAreAnsweredInOrder() throws IOException {
		String first = "GET " + StubResponses.ROOT + "chunked HTTP/1.1\r\nHost: a\r\n\r\n";
		String second = "GET " + StubResponses.ROOT + "cached HTTP/1.1\r\nHost: a\r\n\r\n";
		RawResponse responses = RawResponse.until("\r\n\r\nok", this.port, first + second);
		assertThat(responses.body()).startsWith("3\r\none").contains("HTTP/1.1 200 OK").endsWith("\r\n\r\nok");
	}

	@ParameterizedTest
	@CsvSource({ "unusual, 299", "moved, 308", "failed, 500", "cached, 200", "not-modified, 304" })
	void requestsOfBothWaysAreCountedTogether(String name, String status) throws IOException {
		Map<String, Double> server = serverCounts(status);
		Map<String, Double> route = routeCounts(status);
		String request = "GET " + StubResponses.ROOT + name + " HTTP/1.1\r\nHost: a\r\n";
		// A client that closes its connection before a request is counted may be counted
		// as cancelled.
		try (Socket client = new Socket("127.0.0.1", this.port)) {
			client.getOutputStream()
				.write((request + "\r\n" + request + "TE: trailers\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
			Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> {
				assertThat(increases(server, serverCounts(status))).containsExactly(2.0);
				assertThat(increases(route, routeCounts(status))).containsExactly(2.0);
			});
		}
	}

	private Map<String, Double> serverCounts(String status) {
		return counts(series("http_server_requests_seconds_count{", "method=\"GET\"", "status=\"" + status + "\"",
				"uri=\"/api/v1/paths/**\"")
			.stream());
	}

	private Map<String, Double> routeCounts(String status) {
		return counts(series("spring_cloud_gateway_requests_seconds_count{", "httpMethod=\"GET\"",
				"routeId=\"catalog\"", "httpStatusCode=\"" + status + "\"")
			.stream());
	}

	private static Map<String, Double> counts(Stream<String> series) {
		return series.collect(
				Collectors.toMap((line) -> line.substring(0, line.lastIndexOf(' ')), RelayIntegrationTests::value));
	}

	private static List<Double> increases(Map<String, Double> before, Map<String, Double> after) {
		return after.entrySet()
			.stream()
			.map((count) -> count.getValue() - before.getOrDefault(count.getKey(), 0.0))
			.filter((increase) -> increase > 0)
			.toList();
	}

	private static double value(String line) {
		return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
	}

	@Test
	void connectionsOfShortWayAreGauged() throws IOException {
		send("GET", StubResponses.ROOT + "cached", "");
		assertThat(series("reactor_netty_connection_provider_idle_connections{", "name=\"relay\"")).isNotEmpty();
	}

	@Test
	void disconnectOfClientClosesConnectionToService() throws IOException {
		double before = activeConnections();
		Disposable client = plainClient().get().uri(StubResponses.ROOT + "stalled").responseContent().subscribe();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> activeConnections() > before);
		client.dispose();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> activeConnections() <= before);
	}

	private double activeConnections() {
		return series("reactor_netty_connection_provider_active_connections{", "name=\"relay\"").stream()
			.mapToDouble(RelayIntegrationTests::value)
			.sum();
	}

	private List<String> series(String name, String... tags) {
		return metrics().lines()
			.filter((line) -> line.startsWith(name) && !line.contains("actuator")
					&& Stream.of(tags).allMatch(line::contains))
			.toList();
	}

	private RawResponse assertSame(String method, String target, String headers) throws IOException {
		return assertSame(method, target, headers, "");
	}

	private RawResponse assertSame(String method, String target, String headers, String content) throws IOException {
		RawResponse shortWay = send(method, target, headers, content);
		RawResponse ordinaryWay = send(method, target, "TE: trailers\r\n" + headers, content);
		if (method.equals("HEAD")) {
			assertThat(withoutFraming(shortWay)).isEqualTo(withoutFraming(ordinaryWay));
		}
		else {
			assertThat(shortWay).isEqualTo(ordinaryWay);
		}
		return shortWay;
	}

	/**
	 * Without a body the framing says nothing; the ordinary way writes it for a HEAD of a
	 * 304.
	 */
	private static RawResponse withoutFraming(RawResponse response) {
		return new RawResponse(
				response.head().stream().filter((line) -> !line.equals("transfer-encoding: chunked")).toList(),
				response.body());
	}

	private RawResponse send(String method, String target, String headers) throws IOException {
		return send(method, target, headers, "");
	}

	private RawResponse send(String method, String target, String headers, String content) throws IOException {
		return withoutGeneratedId(receive(method, target, headers, content));
	}

	/**
	 * The server itself answers what is not correct HTTP, with an id of its own. What is
	 * left of a limit depends on the requests before.
	 */
	private static RawResponse withoutGeneratedId(RawResponse response) {
		return new RawResponse(response.head()
			.stream()
			.filter((line) -> !line.startsWith("RateLimit"))
			.map(RelayIntegrationTests::withoutGeneratedId)
			.toList(), withoutGeneratedId(response.body()));
	}

	private static String withoutGeneratedId(String text) {
		return GENERATED_ID.matcher(text).replaceAll("$1generated");
	}

	/** The timeout of the fixture is so short that a busy machine may exceed it. */
	private RawResponse receive(String method, String target, String headers, String content) throws IOException {
		String request = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port + "\r\n" + ID
				+ "Connection: close\r\n" + headers + "\r\n" + content;
		RawResponse response = RawResponse.to(this.port, request);
		for (int attempt = 0; attempt < 5 && response.status().contains("504") && !target.equals(SILENT); attempt++) {
			response = RawResponse.to(this.port, request);
		}
		return response;
	}

}
