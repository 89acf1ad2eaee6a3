package lectern.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
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
		assertThat(METERS.get(service))
			.allSatisfy((meter) -> assertThat(lectern.scrape(service)).containsPattern("(?m)^" + meter + "[{ _]"));
	}

	/** Families of libraries may lack one; the report of the test names them. */
	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service", "progress-service" })
	void everyMeterOfLecternHasItsDescription(String service, LecternInstance lectern, TestReporter reporter) {
		List<String> without = families(lectern.scrape(service)).filter((family) -> family.help().isBlank())
			.map(ExportedFamily::name)
			.toList();
		reporter.publishEntry(service + " exports without HELP", without.toString());
		assertThat(families(lectern.scrape(service)).map(ExportedFamily::name)).contains("lectern_build_info",
				"lectern_eventloop_lag_seconds", "lectern_http_connections", "netty_allocator_memory_used",
				"disk_free_bytes");
		assertThat(without).noneMatch((name) -> name.startsWith("lectern_"));
	}

	private static Stream<ExportedFamily> families(String exported) {
		return Pattern.compile("(?:# HELP (\\S+) ?(.*)\n)?# TYPE (\\S+) .*\n")
			.matcher(exported)
			.results()
			.map((found) -> new ExportedFamily(found.group(3), Objects.requireNonNullElse(found.group(2), "")));
	}

	/** The rate of a counter that is missing until it counts would miss the first. */
	@Test
	void countersAreExportedBeforeTheyCount(LecternInstance lectern) {
		for (String service : List.of("catalog-service", "progress-service")) {
			assertThat(lectern.scrape(service)).contains("lectern_log_append_failures_total{reason=\"queue-full\"} ",
					"lectern_log_append_failures_total{reason=\"timeout\"} ",
					"lectern_log_append_failures_total{reason=\"error\"} ", "lectern_database_acquire_timeouts_total ");
		}
		assertThat(lectern.scrape("gateway")).contains("reason=\"slow\",stream=\"/api/v1/catalog/events\"",
				"reason=\"foreign-epoch\",stream=\"/api/v1/catalog/events\"",
				"reason=\"address\",stream=\"/api/v1/readers/{reader}/events\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service", "progress-service" })
	void timersHaveTheSameFewBuckets(String service, LecternInstance lectern) {
		lectern.anonymousClient().get().uri("/api/v1/books?limit=1").exchange().expectStatus().isOk();
		Map<String, List<String>> bounds = Pattern.compile("(?m)^(\\w+)_bucket\\{(.*?),?le=\"([^\"]+)\"")
			.matcher(lectern.scrape(service))
			.results()
			.filter((bucket) -> bucket.group(1).matches("(lectern|http_server_requests).*"))
			.collect(Collectors.groupingBy((bucket) -> bucket.group(1) + bucket.group(2), LinkedHashMap::new,
					Collectors.mapping((bucket) -> bucket.group(3), Collectors.toList())));
		assertThat(bounds).isNotEmpty();
		assertThat(bounds.values()).allSatisfy((series) -> assertThat(series).containsExactly("0.001", "0.005", "0.01",
				"0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "+Inf"));
	}

	/** Whoever could make a time series could make millions. */
	@Test
	void requestsOfClientsMakeNoTimeSeries(LecternInstance lectern) throws IOException {
		sendUnusualRequests(lectern, 0, 20);
		Map<String, Long> before = seriesOfRequests(lectern);
		sendUnusualRequests(lectern, 20, 200);
		assertThat(seriesOfRequests(lectern)).isEqualTo(before);
		for (String service : METERS.keySet()) {
			assertThat(lectern.scrape(service)).doesNotContain("nobody", "PROBE");
		}
	}

	private static Map<String, Long> seriesOfRequests(LecternInstance lectern) {
		return METERS.keySet()
			.stream()
			.collect(Collectors.toMap(Function.identity(),
					(service) -> lectern.scrape(service)
						.lines()
						.filter((line) -> line.matches("(http|spring|lectern|reactor).*_count\\{.*"))
						.filter((line) -> !line.contains("/actuator"))
						.count()));
	}

	private static void sendUnusualRequests(LecternInstance lectern, int from, int to) throws IOException {
		for (int port : List.of(lectern.port(), lectern.port() + 1, lectern.port() + 2)) {
			for (int number = from; number < to; number++) {
				String id = "nobody-" + number;
				String method = "PROBE" + number;
				for (String start : List.of("GET /" + id, "GET /api/v1/books/" + id, "GET /api/v1/readers/" + id,
						"GET /api/v1/activity/" + id + "?a=" + id, method + " /api/v1/books", method + " /" + id)) {
					assertThat(request(port, start)).startsWith("HTTP/1.1 4");
				}
			}
		}
	}

	private static String request(int port, String start) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream()
				.write((start + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
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
		assertThat(request(lectern.port(), "GET " + target)).startsWith("HTTP/1.1 4")
			.doesNotContain("# HELP", "\"status\":\"UP\"", "_links");
	}

	private record ExportedFamily(String name, String help) {
	}

}
