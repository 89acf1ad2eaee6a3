package lectern.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Metrics and health are available on the management ports only. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class MetricsAcceptanceTests {

	private static final Map<String, List<String>> METERS = Map
		.of("gateway",
				List.of("http_server_requests_seconds_count", "reactor_netty_connection_provider_total_connections",
						"jvm_memory_used_bytes", "lectern_edge_upstreams"),
				"catalog-service",
				List.of("http_server_requests_seconds_count", "r2dbc_pool_acquired_connections",
						"jvm_memory_used_bytes", "lectern_stream_subscribers",
						"lectern_log_append_duration_seconds_count", "lectern_log_append_batch_count"),
				"progress-service",
				List.of("http_server_requests_seconds_count", "r2dbc_pool_acquired_connections",
						"jvm_memory_used_bytes", "lectern_stream_subscribers",
						"lectern_log_append_duration_seconds_count", "lectern_projection_lag"));

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service", "progress-service" })
	void everyServiceExposesItsMeters(String service, LecternInstance lectern) {
		lectern.registerReader("meters-" + service.charAt(0) + Long.toString(System.nanoTime(), 36));
		lectern.anonymousClient().get().uri("/api/v1/books?limit=1").exchange().expectStatus().isOk();
		String shown = lectern.managementClient(service)
			.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(METERS.get(service))
			.allSatisfy((meter) -> assertThat(shown).containsPattern("(?m)^" + meter + "[{ _]"));
	}

	@Test
	void subscriberIsCountedByServiceAndGateway(LecternInstance lectern) throws Exception {
		try (RecordingStreamClient subscriber = lectern.subscribe("/api/v1/catalog/events", Map.of())) {
			subscriber.nextFrame();
			assertThat(lectern.sumMeter("catalog-service", "lectern_stream_subscribers", "/api/v1/catalog/events"))
				.isPositive();
			assertThat(lectern.sumMeter("gateway", "lectern_edge_upstreams", "/api/v1/catalog/events")).isPositive();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/prometheus", "/actuator", "/actuator/health", "//actuator/prometheus",
			"/api/v1/books/../../../actuator/prometheus", "/api/v1/books/..%2f..%2f..%2factuator/prometheus",
			"/api/v1/books/..;/..;/..;/actuator/prometheus" })
	void actuatorIsNotReachableThroughGateway(String target, LecternInstance lectern) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lectern.port())) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream()
				.write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("# HELP", "\"status\":\"UP\"", "_links");
		}
	}

}
