package lectern.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients notice of services that are away, frozen or overloaded: catalog-service
 * with one node, progress-service with two. The header {@code TE} makes a request take
 * the ordinary way.
 */
@NullUnmarked
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "management.prometheus.metrics.export.enabled=true",
				"lectern.upstream.max-concurrency=20", "lectern.upstream.max-wait=30s",
				"lectern.upstream.health-check-interval=200ms" })
class ServiceOutageIntegrationTests {

	private static final String SHORT_WAY = "";

	private static final String ORDINARY_WAY = "TE: trailers\r\n";

	private static final String TOKEN = "Authorization: Bearer " + TestTokens.reader() + "\r\n";

	private static final String READINGS = "/api/v1/readers/ada/readings";

	private static final StubEventStream EVENTS = new StubEventStream();

	private static final StubNode CATALOG = new StubNode(EVENTS);

	private static final StubNode FIRST = new StubNode(EVENTS);

	private static final StubNode SECOND = new StubNode(EVENTS);

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@DynamicPropertySource
	static void serviceUrls(DynamicPropertyRegistry properties) {
		properties.add("lectern.catalog.url", CATALOG::url);
		properties.add("lectern.progress.url", () -> FIRST.url() + "," + SECOND.url());
	}

	@AfterEach
	void thaw() {
		List.of(CATALOG, FIRST, SECOND).forEach(StubNode::thaw);
		for (String path : List.of("/api/v1/books", READINGS)) {
			Awaitility.await().atMost(HANG_LIMIT).until(() -> get(path, SHORT_WAY).status().contains("200"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void frozenServiceTakesDownItsOwnRoutesAlone(String way) throws IOException {
		FIRST.freeze();
		SECOND.freeze();
		CompletableFuture<RawResponse> hanging = getLater(READINGS, way);
		for (int i = 0; i < 50; i++) {
			assertThat(get("/api/v1/books", way).status()).isEqualTo("HTTP/1.1 200 OK");
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> metrics("lectern_upstream_open{").filter(isOne("progress-service")).count() == 2);
		RawResponse rejected = get(READINGS, way);
		assertThat(rejected.status()).isEqualTo("HTTP/1.1 503 Service Unavailable");
		assertThat(rejected.head()).contains("Retry-After: 2", "Content-Type: application/problem+json",
				"X-Content-Type-Options: nosniff", "Vary: Origin", "Cache-Control: no-store");
		assertThat(rejected.body()).contains("\"type\":\"/problems/unavailable\"",
				"\"detail\":\"The progress service does not answer at the moment", "\"instance\":\"" + READINGS + "\"",
				"\"requestId\":\"");
		assertThat(get("/api/v1/books", way).status()).isEqualTo("HTTP/1.1 200 OK");
		FIRST.thaw();
		SECOND.thaw();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> get(READINGS, way).status().contains("200"));
		assertThat(hanging).succeedsWithin(HANG_LIMIT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Origin: https://other.example\r\n" })
	void rejectionHasHeadersOfOrdinaryWay(String origin) throws IOException {
		CATALOG.freeze();
		CompletableFuture<RawResponse> hanging = getLater("/api/v1/books", SHORT_WAY);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> metrics("lectern_upstream_open{").filter(isOne("catalog-service")).count() == 1);
		String sameId = "X-Request-Id: same-for-both\r\n" + origin;
		List<String> rejected = headWithoutQuotas("/api/v1/books", sameId);
		assertThat(rejected).startsWith("HTTP/1.1 503 Service Unavailable")
			.contains("Access-Control-Allow-Origin: *", "Retry-After: 2")
			.isEqualTo(headWithoutQuotas("/api/v1/books", ORDINARY_WAY + sameId));
		CATALOG.thaw();
		assertThat(hanging).succeedsWithin(HANG_LIMIT);
	}

	private List<String> headWithoutQuotas(String path, String headers) throws IOException {
		return get(path, headers).head().stream().filter((line) -> !line.startsWith("RateLimit")).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void stoppedServiceIsNamed(String way) throws IOException {
		CATALOG.server.stop();
		try {
			RawResponse response = get("/api/v1/books", way);
			assertThat(response.status()).contains("503");
			assertThat(response.body()).contains("The catalog service could not be reached")
				.doesNotContain("127.0.0.1");
			assertThat(get(READINGS, way).status()).contains("200");
		}
		finally {
			CATALOG.server.restart();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void noIdempotentRequestFailsWhenOneOfTwoNodesIsKilled(String way) throws Exception {
		AtomicInteger sent = new AtomicInteger();
		List<CompletableFuture<List<String>>> clients = IntStream.range(0, 8)
			.mapToObj((client) -> CompletableFuture.supplyAsync(() -> failures(client, way, sent),
					(task) -> Thread.ofVirtual().start(task)))
			.toList();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> sent.get() > 100);
		FIRST.server.stop();
		try {
			for (CompletableFuture<List<String>> client : clients) {
				assertThat(client).succeedsWithin(HANG_LIMIT).isEqualTo(List.of());
			}
		}
		finally {
			FIRST.server.restart();
		}
		int before = FIRST.requests.get();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> {
			get(READINGS, way);
			return FIRST.requests.get() > before;
		});
	}

	/** Reads, and writes with a key, one after the other. */
	private List<String> failures(int client, String way, AtomicInteger sent) {
		return IntStream.range(0, 150).mapToObj((number) -> {
			String content = "{\"fraction\":0." + number + "}";
			sent.incrementAndGet();
			return (number % 2 == 0) ? statusOf("GET", READINGS, way + TOKEN, "")
					: statusOf("POST", READINGS + "/one/positions",
							way + TOKEN + "Content-Type: application/json\r\n" + "Idempotency-Key: " + client + "-"
									+ number + "\r\nContent-Length: " + content.length() + "\r\n",
							content);
		}).filter((status) -> !status.contains("200 OK")).toList();
	}

	private String statusOf(String method, String path, String headers, String content) {
		try {
			return send(method, path, headers, content).status();
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Test
	void frozenNodeLeavesTimeForAnotherOne() throws IOException {
		FIRST.freeze();
		for (String way : List.of(SHORT_WAY, ORDINARY_WAY)) {
			for (int i = 0; i < 4; i++) {
				assertThat(get(READINGS, way).status()).isEqualTo("HTTP/1.1 200 OK");
			}
		}
	}

	@Test
	void privateStreamGoesOnAtAnotherNodeFromItsCursor() {
		HttpClient client = HttpClient.newConnection()
			.baseUrl("http://127.0.0.1:" + this.port)
			.responseTimeout(HANG_LIMIT);
		try (StreamClient stream = StreamClient.to(client, "/api/v1/readers/ada/events",
				(headers) -> headers.set("Authorization", "Bearer " + TestTokens.reader()))) {
			stream.await(":peer\nid:peerlog0-");
			String first = EVENTS.commit("reading-started", "one");
			stream.await(first);
			for (StubNode node : List.of(FIRST, SECOND)) {
				node.server.stop();
				String next = EVENTS.commit("position-reported", "one");
				try {
					stream.await("id:" + next + "\n");
				}
				finally {
					node.server.restart();
				}
			}
			assertThat(stream.ids()).hasSize(3).doesNotHaveDuplicates();
		}
	}

	/** There are 20 permits, and 60 more requests wait. */
	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void requestsBeyondLimitAreRejectedAndOthersAnswered(String way) {
		CATALOG.delayRequests();
		List<CompletableFuture<RawResponse>> clients = IntStream.range(0, 100)
			.mapToObj((_) -> getLater("/api/v1/books", way))
			.toList();
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> clients.stream().filter(CompletableFuture::isDone).count() == 20);
		assertThat(CATALOG.requests.get()).isPositive();
		assertThat(getLater(READINGS, way)).succeedsWithin(HANG_LIMIT)
			.extracting(RawResponse::status)
			.isEqualTo("HTTP/1.1 200 OK");
		CATALOG.thaw();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> clients.stream().allMatch(CompletableFuture::isDone));
		List<RawResponse> responses = clients.stream().map(CompletableFuture::resultNow).toList();
		assertThat(responses).filteredOn((response) -> response.status().contains("200")).hasSize(80);
		assertThat(responses).filteredOn((response) -> response.status().contains("503"))
			.hasSize(20)
			.allSatisfy((response) -> {
				assertThat(response.head()).contains("Retry-After: 2");
				assertThat(response.body()).contains("The catalog service has more requests than it can answer");
			});
		assertThat(metrics("lectern_upstream_rejected_total{").filter((line) -> line.contains("reason=\"overload\""))
			.toList()).isNotEmpty();
	}

	private static Predicate<String> isOne(String service) {
		return (line) -> line.endsWith(" 1.0") && line.contains(service);
	}

	private Stream<String> metrics(String name) {
		return HttpClient.newConnection()
			.get()
			.uri("http://127.0.0.1:" + this.managementPort + "/actuator/prometheus")
			.responseContent()
			.aggregate()
			.asString()
			.block(HANG_LIMIT)
			.lines()
			.filter((line) -> line.startsWith(name));
	}

	private CompletableFuture<RawResponse> getLater(String path, String way) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return get(path, way);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, (task) -> Thread.ofVirtual().start(task));
	}

	private RawResponse get(String path, String headers) throws IOException {
		return send("GET", path, headers + (path.equals(READINGS) ? TOKEN : ""), "");
	}

	private RawResponse send(String method, String path, String headers, String content) throws IOException {
		return RawResponse.to(this.port, method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port
				+ "\r\nConnection: close\r\n" + headers + "\r\n" + content);
	}

}
