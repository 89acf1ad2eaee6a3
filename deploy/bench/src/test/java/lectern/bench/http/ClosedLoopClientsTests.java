package lectern.bench.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClosedLoopClientsTests {

	private static final TextRequest REQUEST = TextRequest.get("/", Map.of());

	private final List<Long> latencies = new ArrayList<>();

	private final HttpServer server = newServer();

	@BeforeEach
	void startServer() {
		this.server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	@Test
	void sendsAtTheRateThatWasAskedFor() throws IOException {
		try (ClosedLoopClients clients = connect(2)) {
			clients.runAtRate(200, Duration.ofMillis(250), (status, nanos) -> this.latencies.add(nanos));
		}

		assertThat(this.latencies).hasSize(50);
	}

	@Test
	void latencyIncludesTheWaitForAFreeClient() throws IOException {
		// All are due within a microsecond, but one client sends them one by one.
		try (ClosedLoopClients clients = connect(1)) {
			clients.runAtRate(20_000_000, Duration.ofNanos(1_000), (status, nanos) -> this.latencies.add(nanos));
		}

		assertThat(this.latencies).hasSize(20).isSorted();
	}

	private ClosedLoopClients connect(int clients) throws IOException {
		return ClosedLoopClients.connect(this.server.getAddress().getPort(),
				Collections.nCopies(clients, () -> REQUEST));
	}

	private static HttpServer newServer() {
		try {
			return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
