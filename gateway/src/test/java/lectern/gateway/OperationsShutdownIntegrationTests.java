package lectern.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** How the operators' stream ends, also for one who takes nothing of a great deal. */
@NullUnmarked
class OperationsShutdownIntegrationTests extends GatewayFixture {

	private static final String EVENTS = "/api/v1/operations/events";

	/** With this a snapshot has 6 MB, and one fills every buffer on the way. */
	private static final String LARGE_METRICS = "# TYPE lectern_much gauge\n" + IntStream.range(0, 1_000)
		.mapToObj((at) -> "lectern_much{text=\"" + at + "-".repeat(2_000) + "\"} " + at + "\n")
		.collect(Collectors.joining());

	private static final StubServer MANAGEMENT = new StubServer((routes) -> routes
		.get("/actuator/prometheus", (_, response) -> response.sendString(Mono.just(LARGE_METRICS)))
		.get("/actuator/health/readiness", (_, response) -> response.send()));

	@Autowired
	@Qualifier("snapshotStreamServer")
	SmartLifecycle snapshotStreamServer;

	@Autowired
	MeterRegistry registry;

	@DynamicPropertySource
	static void managementPorts(DynamicPropertyRegistry properties) {
		properties.add("lectern.catalog.management-url", MANAGEMENT::url);
		properties.add("lectern.progress.management-url", MANAGEMENT::url);
		properties.add("lectern.gateway.management-url", MANAGEMENT::url);
	}

	@Test
	void stalledConnectionIsClosedAtTokenExpiry() throws IOException {
		try (Socket silent = stalledClient(TestTokens.operatorFor(Duration.ofSeconds(5)))) {
			Awaitility.await().atMost(HANG_LIMIT.multipliedBy(3)).until(() -> openConnections() == 0);
			assertThat(remainingText(silent)).contains("data:{").doesNotContain("event:end");
		}
	}

	@Test
	void drainSendsEndEventAndClosesStalledConnection() throws IOException {
		try (Socket silent = stalledClient(TestTokens.operator())) {
			StepVerifier.create(operator().get()
				.uri(EVENTS)
				.responseContent()
				.asString()
				.scan(OperationsShutdownIntegrationTests::lastCharacters)
				.doOnNext((end) -> {
					if (end.endsWith("}]}]}\n\n")) {
						this.snapshotStreamServer.stop();
					}
				})
				.last())
				.assertNext((end) -> assertThat(end).endsWith("event:end\ndata:{\"reason\":\"drain\"}\n\n"))
				.expectComplete()
				.verify(HANG_LIMIT);
			Awaitility.await().atMost(HANG_LIMIT).until(() -> openConnections() == 0);
			assertThat(remainingText(silent)).contains("data:{").doesNotContain("event:end");
		}
		finally {
			this.snapshotStreamServer.start();
		}
	}

	@Test
	void drainPrecedesGracefulShutdownOfWebServer() {
		assertThat(this.snapshotStreamServer.getPhase())
			.isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
	}

	/** As much of the end as shows whether a snapshot or the stream ends there. */
	private static String lastCharacters(String before, String text) {
		String both = before + text;
		return both.substring(Math.max(0, both.length() - 80));
	}

	/** Somebody who reads that it is answered, and no further. */
	private Socket stalledClient(String token) throws IOException {
		Socket silent = new Socket();
		silent.setReceiveBufferSize(1024);
		silent.setSoTimeout((int) HANG_LIMIT.toMillis());
		silent.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
		silent.getOutputStream()
			.write(("GET " + EVENTS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n")
				.getBytes(ISO_8859_1));
		assertThat(new String(silent.getInputStream().readNBytes(15), ISO_8859_1)).isEqualTo("HTTP/1.1 200 OK");
		return silent;
	}

	/** What had come into the buffers before the connection was cut. */
	private static String remainingText(Socket silent) throws IOException {
		return new String(silent.getInputStream().readAllBytes(), ISO_8859_1);
	}

	private HttpClient operator() {
		return plainClient().headers((headers) -> headers.set("Authorization", "Bearer " + TestTokens.operator()));
	}

	private double openConnections() {
		return this.registry.get("lectern.operations.watchers").gauge().value();
	}

}
