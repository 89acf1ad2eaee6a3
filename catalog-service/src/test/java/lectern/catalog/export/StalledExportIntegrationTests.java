package lectern.catalog.export;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpMethod;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class StalledExportIntegrationTests {

	private static final int MAX_CONCURRENT_EXPORTS = 4;

	private final RunningCatalog catalog = RunningCatalog.empty();

	@Test
	void stalledExportsHoldNoDatabaseConnectionAndAreLimited() throws IOException {
		this.catalog.importDocuments(LargeBooks.ndjson("Large"));
		List<Socket> stalled = new ArrayList<>();
		try {
			for (int client = 0; client < MAX_CONCURRENT_EXPORTS; client++) {
				stalled.add(requestExportAndReadStatusOnly());
			}

			this.catalog.anonymous().get("/export").assertProblem(503, "unavailable").assertHeader("Retry-After", "10");
			this.catalog.await("""
					select count(*) = 0 from pg_stat_activity
					where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
					""");
		}
		finally {
			for (Socket socket : stalled) {
				socket.close();
			}
		}
		assertThat(exportAfterRelease().text().lines()).hasSize(LargeBooks.COUNT);
	}

	/** The small receive buffer lets the server send only a part of the export. */
	private Socket requestExportAndReadStatusOnly() throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(1 << 16);
		socket.connect(new InetSocketAddress("127.0.0.1", this.catalog.port()));
		socket.getOutputStream().write("GET /api/v1/export HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
		assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 200");
		return socket;
	}

	private TestApiResponse exportAfterRelease() {
		return Flux.interval(Duration.ZERO, Duration.ofMillis(100))
			.onBackpressureDrop()
			.concatMap((_) -> this.catalog.anonymous().send(HttpMethod.GET, "/export"), 1)
			.filter((response) -> response.status() == 200)
			.next()
			.blockOptional(HANG_LIMIT)
			.orElseThrow();
	}

}
