package lectern.bench.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Skipped where wrk is not installed: only the bench needs it. */
@EnabledIf("lectern.bench.http.Wrk#isInstalled")
class WrkIntegrationTests {

	private final Set<String> requests = ConcurrentHashMap.newKeySet();

	private final AtomicLong requestCount = new AtomicLong();

	private HttpServer server;

	@BeforeEach
	void startServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			String path = exchange.getRequestURI().toString();
			this.requests.add(exchange.getRequestMethod() + " " + path);
			this.requestCount.incrementAndGet();
			exchange.sendResponseHeaders(path.equals("/missing") ? 404 : 200, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	@Test
	void requestsAllPathsAndCountsResponses() throws IOException {
		WrkResult result = new Wrk(port(), 4, List.of("/one?q=a+b", "/two")).run(Duration.ofSeconds(1));

		assertThat(this.requests).containsExactlyInAnyOrder("GET /one?q=a+b", "GET /two");
		// At the end one request per connection may be unanswered.
		assertThat(result.responses()).isPositive().isBetween(this.requestCount.get() - 4, this.requestCount.get());
		assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		assertThat(result.latencies()).hasSize(1_000).isSorted();
	}

	@Test
	void rateLimitsRequests() throws IOException {
		WrkResult result = new Wrk(port(), 8, List.of("/one")).withRate(80).run(Duration.ofSeconds(1));

		// 8 connections wait for up to 200 ms each, 100 ms on average.
		assertThat(result.responses()).isBetween(1L, 8L * 40);
	}

	@Test
	void errorResponsesAreReported() {
		assertThatIOException().isThrownBy(() -> new Wrk(port(), 1, List.of("/missing")).run(Duration.ofSeconds(1)))
			.withMessageContaining("with status 400 or more and 0 failed requests");
	}

	private int port() {
		return this.server.getAddress().getPort();
	}

}
