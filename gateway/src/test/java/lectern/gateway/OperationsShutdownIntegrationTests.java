package lectern.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import lectern.streaming.server.SseServer;
import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseEvent;
import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** How the operators' stream ends, also for a client that reads nothing. */
@NullUnmarked
class OperationsShutdownIntegrationTests extends GatewayFixture {

	private static final String EVENTS = "/api/v1/operations/events";

	/** A snapshot with these has 3.6 MB, which fills every buffer of a stalled client. */
	private static final String LARGE_METRICS = "# TYPE lectern_large gauge\n" + IntStream.range(0, 600)
		.mapToObj((number) -> "lectern_large{text=\"" + number + "-".repeat(2_000) + "\"} " + number + "\n")
		.collect(Collectors.joining());

	private static final StubServer MANAGEMENT = new StubServer((routes) -> routes
		.get("/actuator/prometheus", (_, response) -> response.sendString(Mono.just(LARGE_METRICS)))
		.get("/actuator/health/readiness", (_, response) -> response.send()));

	@Autowired
	SseServer sseServer;

	@Autowired
	MeterRegistry registry;

	@DynamicPropertySource
	static void managementPorts(DynamicPropertyRegistry properties) {
		properties.add("lectern.catalog.management-url", MANAGEMENT::url);
		properties.add("lectern.progress.management-url", MANAGEMENT::url);
		properties.add("lectern.gateway.management-url", MANAGEMENT::url);
	}

	@Test
	void stalledConnectionEndsAtTokenExpiry() throws IOException {
		double before = closed("signed-out");
		try (Socket _ = stalledClient(TestTokens.operatorFor(Duration.ofSeconds(5)))) {
			Awaitility.await().atMost(HANG_LIMIT.multipliedBy(3)).until(() -> openConnections() == 0);
			assertThat(closed("signed-out")).isEqualTo(before + 1);
		}
	}

	@Test
	void drainSendsEndEventAndWaitsForNoStalledConnection() throws Exception {
		CompletableFuture<Boolean> stopped = new CompletableFuture<>();
		try (Socket _ = stalledClient(TestTokens.operator())) {
			StepVerifier
				.create(new SseClient(operator()).events(EVENTS, null)
					.doOnNext((event) -> stopAfterSnapshot(event, stopped))
					.last())
				.assertNext((end) -> assertThat(end.text()).isEqualTo("event:end\ndata:{\"reason\":\"drain\"}\n\n"))
				.expectComplete()
				.verify(HANG_LIMIT);
			assertThat(stopped.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(openConnections()).isZero();
		}
		finally {
			this.sseServer.start();
		}
	}

	@Test
	void drainPrecedesGracefulShutdownOfWebServer() {
		assertThat(this.sseServer.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
	}

	private void stopAfterSnapshot(SseEvent event, CompletableFuture<Boolean> stopped) {
		if (event.event() == null && event.data() != null) {
			this.sseServer.stop(() -> stopped.complete(true));
		}
	}

	/** A client that reads the status of the response and nothing more. */
	private Socket stalledClient(String token) throws IOException {
		Socket stalled = new Socket();
		stalled.setReceiveBufferSize(1024);
		stalled.setSoTimeout((int) HANG_LIMIT.toMillis());
		stalled.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
		stalled.getOutputStream()
			.write(("GET " + EVENTS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n")
				.getBytes(ISO_8859_1));
		assertThat(new String(stalled.getInputStream().readNBytes(15), ISO_8859_1)).isEqualTo("HTTP/1.1 200 OK");
		return stalled;
	}

	private HttpClient operator() {
		return plainClient().headers((headers) -> headers.set("Authorization", "Bearer " + TestTokens.operator()));
	}

	private double openConnections() {
		return this.registry.get("lectern.stream.subscribers").tag("stream", EVENTS).gauge().value();
	}

	private double closed(String reason) {
		return this.registry.find("lectern.stream.closed")
			.tags("stream", EVENTS, "reason", reason)
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

}
