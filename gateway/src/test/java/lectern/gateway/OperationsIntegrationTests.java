package lectern.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseEvent;
import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The operators' stream with real clients and real management ports. */
@NullUnmarked
class OperationsIntegrationTests extends GatewayFixture {

	private static final String EVENTS = "/api/v1/operations/events";

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final AtomicInteger SCRAPES = new AtomicInteger();

	private static final AtomicBoolean READY = new AtomicBoolean(true);

	private static final AtomicBoolean HANGS = new AtomicBoolean();

	private static final StubServer CATALOG_MANAGEMENT = management(SCRAPES, READY, HANGS);

	private static final StubServer PROGRESS_MANAGEMENT = management(new AtomicInteger(), new AtomicBoolean(true),
			new AtomicBoolean());

	private static final StubServer GATEWAY_MANAGEMENT = management(new AtomicInteger(), new AtomicBoolean(true),
			new AtomicBoolean());

	private final Disposable.Composite subscriptions = Disposables.composite();

	@DynamicPropertySource
	static void managementPorts(DynamicPropertyRegistry properties) {
		properties.add("lectern.catalog.management-url", CATALOG_MANAGEMENT::url);
		properties.add("lectern.progress.management-url", PROGRESS_MANAGEMENT::url);
		properties.add("lectern.gateway.management-url", GATEWAY_MANAGEMENT::url);
	}

	/** Each response closes its connection, so that a stopped server has none open. */
	private static StubServer management(AtomicInteger scrapes, AtomicBoolean ready, AtomicBoolean hangs) {
		return new StubServer(
				(routes) -> routes
					.get("/actuator/prometheus",
							(_, response) -> Mono.defer(() -> hangs.get() ? Mono.<Boolean>empty() : Mono.just(true))
								.repeatWhenEmpty((empty) -> empty.delayElements(Duration.ofMillis(50)))
								.then(Mono.defer(() -> response.keepAlive(false)
									.header("Content-Type", "text/plain;version=0.0.4;charset=utf-8")
									.sendString(Mono.just("# TYPE lectern_scrapes gauge\nlectern_scrapes "
											+ scrapes.incrementAndGet() + "\n"))
									.then())))
					.get("/actuator/health/readiness",
							(_, response) -> response.keepAlive(false).status(ready.get() ? 200 : 503).send()));
	}

	@AfterEach
	void closeConnections() {
		this.subscriptions.dispose();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> openConnections() == 0);
	}

	@Test
	void requiresOperatorRole() {
		this.client.get()
			.uri(EVENTS)
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/unauthenticated");
		for (String token : List.of(TestTokens.reader(), TestTokens.curator())) {
			this.client.get()
				.uri(EVENTS)
				.headers((headers) -> headers.setBearerAuth(token))
				.exchange()
				.expectStatus()
				.isForbidden()
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("/problems/forbidden");
		}
	}

	@Test
	void rejectsOtherMediaTypesAndMethods() {
		this.client.get()
			.uri(EVENTS)
			.headers((headers) -> headers.setBearerAuth(TestTokens.operator()))
			.accept(MediaType.APPLICATION_JSON)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_ACCEPTABLE);
		this.client.post()
			.uri(EVENTS)
			.headers((headers) -> headers.setBearerAuth(TestTokens.operator()))
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
		HttpHeaders headers = this.client.head()
			.uri(EVENTS)
			.headers((sent) -> sent.setBearerAuth(TestTokens.operator()))
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Void.class)
			.getResponseHeaders();
		assertThat(headers.getContentType()).isEqualTo(MediaType.TEXT_EVENT_STREAM);
	}

	@Test
	void sendsUncacheableOpeningAtOnce() {
		StepVerifier.create(operator().get().uri(EVENTS).response((response, content) -> {
			assertThat(response.responseHeaders().get("Content-Type")).isEqualTo("text/event-stream");
			assertThat(response.responseHeaders().get("Cache-Control")).isEqualTo("no-store, no-transform");
			assertThat(response.responseHeaders().get("X-Accel-Buffering")).isEqualTo("no");
			return content.asString();
		}).take(1))
			.assertNext((text) -> assertThat(text).matches("retry:\\d{4}\n:lectern\n\n"))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void sendsSnapshotOfAllServicesEverySecond() {
		List<JsonNode> snapshots = new ArrayList<>();
		StepVerifier.create(snapshots(operator()).take(3).doOnNext(snapshots::add).then())
			.expectComplete()
			.verify(HANG_LIMIT);
		JsonNode services = snapshots.getLast().path("services");
		assertThat(snapshots.getLast().path("type").asString()).isEqualTo("metrics");
		assertThat(services.valueStream().map((service) -> service.path("service").asString()))
			.containsExactly("gateway", "catalog-service", "progress-service");
		assertThat(services.valueStream().map((service) -> service.path("state").asString())).containsOnly("up");
		assertThat(snapshots).extracting((snapshot) -> service(snapshot).path("metrics").path(0))
			.allSatisfy((metric) -> {
				assertThat(metric.path("name").asString()).isEqualTo("lectern.scrapes");
				assertThat(metric.path("tags").isObject()).isTrue();
			})
			.extracting((metric) -> metric.path("value").asInt())
			.isSorted()
			.doesNotHaveDuplicates();
	}

	@Test
	void stoppedServiceIsDownUntilItRestarts() {
		StepVerifier.create(states().take(1)).expectNext("up").expectComplete().verify(HANG_LIMIT);
		CATALOG_MANAGEMENT.stop();
		try {
			StepVerifier
				.create(snapshots(operator()).filter((snapshot) -> state(snapshot).equals("down"))
					.doOnNext((snapshot) -> assertThat(service(snapshot).has("metrics")).isFalse())
					.map((snapshot) -> snapshot.path("services").path(2).path("state").asString())
					.take(1))
				.expectNext("up")
				.expectComplete()
				.verify(HANG_LIMIT);
		}
		finally {
			CATALOG_MANAGEMENT.restart();
		}
		StepVerifier.create(states().filter("up"::equals).take(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void hangingServiceIsDownWithoutDelayingSnapshots() {
		HANGS.set(true);
		try {
			StepVerifier
				.create(snapshots(operator()).filter((snapshot) -> state(snapshot).equals("down")).take(3).then())
				.expectComplete()
				.verify(HANG_LIMIT);
		}
		finally {
			HANGS.set(false);
		}
	}

	@Test
	void serviceFailingReadinessIsUnready() {
		READY.set(false);
		try {
			StepVerifier.create(states().filter("unready"::equals).take(1))
				.expectNextCount(1)
				.expectComplete()
				.verify(HANG_LIMIT);
		}
		finally {
			READY.set(true);
		}
	}

	/**
	 * A cold service answers the first scrape late; it was once shown as down. Here only
	 * the service is cold: the client of the gateway has been used before.
	 */
	@Test
	void firstSnapshotWaitsForFirstSample() {
		StepVerifier.create(snapshots(operator()).filter(OperationsIntegrationTests::allUp).take(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
		Awaitility.await().atMost(HANG_LIMIT).until(() -> openConnections() == 0);

		HANGS.set(true);
		Mono.delay(Duration.ofMillis(1_200)).subscribe((_) -> HANGS.set(false));
		StepVerifier.create(snapshots(operator()).take(1))
			.assertNext((first) -> assertThat(allUp(first)).isTrue())
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	private static boolean allUp(JsonNode snapshot) {
		return snapshot.path("services")
			.valueStream()
			.allMatch((service) -> service.path("state").asString().equals("up"));
	}

	@Test
	void connectionsShareOneScrapeUntilTheLastCloses() {
		List<Integer> scrapes = new ArrayList<>();
		for (int index = 0; index < 5; index++) {
			subscribe(snapshots(operator()));
		}
		StepVerifier
			.create(snapshots(operator()).take(4)
				.doOnNext((snapshot) -> scrapes.add(service(snapshot).path("metrics").path(0).path("value").asInt()))
				.then())
			.expectComplete()
			.verify(HANG_LIMIT);
		assertThat(scrapes.getLast() - scrapes.getFirst()).isLessThanOrEqualTo(4);

		this.subscriptions.dispose();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> openConnections() == 0);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2500))
			.until(SCRAPES::get, isUnchanged());
	}

	/** Its receive window is small and is full after a few snapshots. */
	@Test
	void stalledConnectionDelaysNoOther() throws IOException {
		try (Socket stalled = new Socket()) {
			stalled.setReceiveBufferSize(1024);
			stalled.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			stalled.getOutputStream()
				.write(("GET " + EVENTS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestTokens.operator()
						+ "\r\n\r\n")
					.getBytes(ISO_8859_1));
			Awaitility.await().atMost(HANG_LIMIT).until(() -> openConnections() == 1);
			StepVerifier.create(snapshots(operator()).take(4).then()).expectComplete().verify(HANG_LIMIT);
		}
	}

	@Test
	void connectionEndsAtTokenExpiry() {
		StepVerifier
			.create(events(withToken(TestTokens.operatorFor(Duration.ofSeconds(3))))
				.filter((event) -> "end".equals(event.event())))
			.assertNext((event) -> assertThat(event.dataText()).isEqualTo("{\"reason\":\"signed-out\"}"))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void connectionOverLimitIsUnavailable() {
		for (int index = 0; index < 100; index++) {
			subscribe(events(operator()));
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> openConnections() == 100);
		this.client.get()
			.uri(EVENTS)
			.headers((headers) -> headers.setBearerAuth(TestTokens.operator()))
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.exists("Retry-After")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/unavailable");
		assertThat(openConnections()).isEqualTo(100);
	}

	private void subscribe(Flux<?> stream) {
		this.subscriptions.add(stream.subscribe());
	}

	private Flux<String> states() {
		return snapshots(operator()).map(OperationsIntegrationTests::state);
	}

	private static String state(JsonNode snapshot) {
		return service(snapshot).path("state").asString();
	}

	/** The state of catalog-service, whose management port these tests control. */
	private static JsonNode service(JsonNode snapshot) {
		return snapshot.path("services").path(1);
	}

	private static Flux<JsonNode> snapshots(HttpClient client) {
		return events(client).filter((event) -> event.event() == null && event.data() != null)
			.map((event) -> MAPPER.readTree(event.dataText()));
	}

	private static Flux<SseEvent> events(HttpClient client) {
		return new SseClient(client).events(EVENTS, null);
	}

	private HttpClient operator() {
		return withToken(TestTokens.operator());
	}

	private HttpClient withToken(String token) {
		return plainClient().headers((headers) -> headers.set("Authorization", "Bearer " + token));
	}

	private static Predicate<Integer> isUnchanged() {
		AtomicInteger before = new AtomicInteger(-1);
		return (current) -> before.getAndSet(current) == current;
	}

	private int openConnections() {
		return this.client.mutate()
			.baseUrl("http://127.0.0.1:" + this.managementPort)
			.build()
			.get()
			.uri("/actuator/prometheus?includedNames=lectern_stream_subscribers")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody()
			.lines()
			.filter((line) -> line.startsWith("lectern_stream_subscribers{") && line.contains(EVENTS))
			.mapToInt((line) -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

}
