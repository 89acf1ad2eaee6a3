package lectern.catalog.export;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import lectern.catalog.RunningCatalog;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

class StalledExportIntegrationTests {

	private static final int MAX_CONCURRENT_EXPORTS = 4;

	/** More than the network holds for a client that does not read. */
	private static final int BOOKS = 6000;

	private final RunningCatalog catalog = RunningCatalog.empty();

	@Test
	void stalledExportsHoldNoDatabaseConnectionAndAreLimited() throws IOException {
		String summary = "x".repeat(4900);
		this.catalog.importDocuments(Flux.range(0, BOOKS / 100)
			.map((part) -> IntStream.range(0, 100)
				.mapToObj((n) -> "{\"id\":\"long-" + part + "-" + n + "\",\"title\":\"Long\",\"summary\":\"" + summary
						+ "\"}\n")
				.reduce("", String::concat))
			.map((lines) -> DefaultDataBufferFactory.sharedInstance.wrap(lines.getBytes(StandardCharsets.UTF_8))));
		List<Socket> stalled = new ArrayList<>();
		try {
			for (int client = 0; client < MAX_CONCURRENT_EXPORTS; client++) {
				Socket socket = new Socket("127.0.0.1", this.catalog.port());
				stalled.add(socket);
				socket.getOutputStream()
					.write("GET /api/v1/export HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
				assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
					.isEqualTo("HTTP/1.1 200");
			}

			ResponseEntity<String> fifth = export().block(RunningCatalog.TIMEOUT);

			assertThat(fifth.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
			assertThat(fifth.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("10");
			assertThat(fifth.getHeaders().getContentType()).hasToString("application/problem+json");
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
		ResponseEntity<String> after = export().filter((answer) -> answer.getStatusCode().is2xxSuccessful())
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(100)))
			.block(RunningCatalog.TIMEOUT);
		assertThat(after.getBody().lines()).hasSize(BOOKS);
	}

	private Mono<ResponseEntity<String>> export() {
		return this.catalog.curator()
			.get()
			.uri("/export")
			.exchangeToMono((answer) -> answer.toEntity(byte[].class))
			.map((answer) -> ResponseEntity.status(answer.getStatusCode())
				.headers(answer.getHeaders())
				.body(new String((answer.getBody() != null) ? answer.getBody() : new byte[0], StandardCharsets.UTF_8)));
	}

}
