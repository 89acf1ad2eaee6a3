package lectern.gateway.operations;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

/** Parses lines as the services export them. */
class ScrapeTests {

	private static final String STREAM = "/api/v1/catalog/events";

	private static final String EXPORTED = """
			# HELP http_server_requests_seconds
			# TYPE http_server_requests_seconds histogram
			http_server_requests_seconds_bucket{outcome="SUCCESS",uri="/actuator/prometheus",le="+Inf"} 500
			http_server_requests_seconds_bucket{outcome="SUCCESS",uri="/api/v1/books",le="0.001"} 4
			http_server_requests_seconds_bucket{outcome="SUCCESS",uri="/api/v1/books",le="+Inf"} 6
			http_server_requests_seconds_count{outcome="SUCCESS",uri="/actuator/prometheus"} 500
			http_server_requests_seconds_count{outcome="SUCCESS",uri="/api/v1/books"} 6
			http_server_requests_seconds_count{outcome="SUCCESS",uri="/api/v1/topics"} 3
			http_server_requests_seconds_count{outcome="CLIENT_ERROR",uri="UNKNOWN"} 1
			http_server_requests_seconds_sum{outcome="SUCCESS",uri="/api/v1/books"} 0.5
			http_server_requests_seconds_sum{outcome="SUCCESS",uri="/api/v1/topics"} 0.25
			# TYPE http_server_requests_seconds_max gauge
			http_server_requests_seconds_max{outcome="SUCCESS",uri="/api/v1/books"} 0.2
			http_server_requests_seconds_max{outcome="SUCCESS",uri="/api/v1/topics"} 0.1
			# TYPE jvm_memory_used_bytes gauge
			jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.0E7
			jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2.0E7
			jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 4.0E7
			# TYPE jvm_memory_max_bytes gauge
			jvm_memory_max_bytes{area="heap",id="Eden Space"} 7.0E7
			# TYPE lectern_feed_lag_seconds histogram
			lectern_feed_lag_seconds_bucket{stream="/api/v1/catalog/events",le="0.01"} 4
			lectern_feed_lag_seconds_bucket{stream="/api/v1/catalog/events",le="0.02"} 6
			lectern_feed_lag_seconds_bucket{stream="/api/v1/catalog/events",le="+Inf"} 6
			lectern_feed_lag_seconds_count{stream="/api/v1/catalog/events"} 6
			lectern_feed_lag_seconds_sum{stream="/api/v1/catalog/events"} 0.06
			# TYPE lectern_feed_lag_seconds_max gauge
			lectern_feed_lag_seconds_max{stream="/api/v1/catalog/events"} 0.015
			# TYPE lectern_log_append_batch summary
			lectern_log_append_batch_count 6
			lectern_log_append_batch_sum 18.0
			# TYPE lectern_log_append_batch_max gauge
			lectern_log_append_batch_max 5.0
			# TYPE lectern_odd_max gauge
			lectern_odd_max 7.0
			# TYPE lectern_projection_lag_seconds gauge
			lectern_projection_lag_seconds{projection="current-reading"} NaN
			# TYPE lectern_stream_closed_total counter
			lectern_stream_closed_total{reason="gone",stream="/api/v1/catalog/events"} 2.0
			# TYPE lectern_stream_subscribers gauge
			lectern_stream_subscribers{stream="/api/v1/catalog/events"} 3.0
			# TYPE process_cpu_time_ns_total counter
			process_cpu_time_ns_total 1.5E9
			# TYPE spring_security_authorizations_seconds summary
			spring_security_authorizations_seconds_count 12
			""";

	private final List<Metric> metrics = Scrape.parse(EXPORTED).metrics(null);

	@Test
	void gaugesAndCountersHaveValueUnderMeterName() {
		assertThat(metric("lectern.stream.subscribers").value()).isEqualTo(3);
		assertThat(metric("lectern.stream.subscribers").tags()).isEqualTo(Map.of("stream", STREAM));
		assertThat(metric("lectern.stream.closed").value()).isEqualTo(2);
		assertThat(metric("lectern.stream.closed").tags()).isEqualTo(Map.of("reason", "gone", "stream", STREAM));
		assertThat(metric("lectern.odd.max").value()).isEqualTo(7);
	}

	@Test
	void timersAndSummariesHaveCountSumAndMax() {
		Metric batch = metric("lectern.log.append.batch");
		assertThat(batch).isEqualTo(new Metric("lectern.log.append.batch", Map.of(), null, 6L, 18.0, 5.0, null, null));
		Metric lag = metric("lectern.feed.lag");
		assertThat(lag.count()).isEqualTo(6);
		assertThat(lag.sum()).isEqualTo(0.06);
		assertThat(lag.max()).isEqualTo(0.015);
		assertThat(lag.tags()).isEqualTo(Map.of("stream", STREAM));
	}

	@Test
	void valuesAreSummedOverHiddenTags() {
		assertThat(named("jvm.memory.used")).extracting((metric) -> metric.tags().get("area"), Metric::value)
			.containsExactlyInAnyOrder(tuple("heap", 3e7), tuple("nonheap", 4e7));
		Metric requests = named("http.server.requests").stream()
			.filter((metric) -> metric.tags().equals(Map.of("outcome", "SUCCESS")))
			.findFirst()
			.orElseThrow();
		assertThat(requests.sum()).isEqualTo(0.75);
		assertThat(requests.max()).isEqualTo(0.2);
	}

	@Test
	void ownScrapesAreExcluded() {
		assertThat(named("http.server.requests")).extracting(Metric::count).containsExactlyInAnyOrder(9L, 1L);
	}

	@Test
	void valuesAreConvertedToSecondsAndBytes() {
		assertThat(metric("process.cpu.time").value()).isEqualTo(1.5, within(1e-9));
	}

	@Test
	void nonFiniteAndUnexposedSamplesAreSkipped() {
		assertThat(this.metrics).extracting(Metric::name)
			.doesNotContain("lectern.projection.lag")
			.allMatch((name) -> !name.contains("spring") && !name.contains("max.bytes"));
	}

	@Test
	void percentilesCoverOnlyValuesSincePreviousScrape() {
		assertThat(metric("lectern.feed.lag").p50()).as("there is no previous scrape").isNull();
		Scrape before = Scrape.parse(EXPORTED);
		assertThat(lagSince(before, EXPORTED).p50()).as("there are no new values").isNull();
		Metric lag = lagSince(before,
				EXPORTED.replace("le=\"0.02\"} 6", "le=\"0.02\"} 16")
					.replace("le=\"+Inf\"} 6", "le=\"+Inf\"} 16")
					.replace("events\"} 0.015", "events\"} 0.02"));
		assertThat(lag.p50()).isEqualTo(0.015, within(1e-9));
		assertThat(lag.p99()).isEqualTo(0.0199, within(1e-9));
		assertThat(lagSince(Scrape.parse(""), EXPORTED).p50()).as("the meter is new").isNotNull();
	}

	@Test
	void percentilesAreNotAboveTheMaximum() {
		String slow = EXPORTED.replace("le=\"0.02\"} 6", "le=\"0.02\"} 16")
			.replace("le=\"+Inf\"} 6", "le=\"+Inf\"} 16");
		assertThat(lagSince(Scrape.parse(EXPORTED), slow).p99()).isEqualTo(0.015);
	}

	@Test
	void malformedTextGivesNoMetrics() {
		assertThat(Scrape.parse("<html>\n# TYPE\n# TYPE lectern_a\nlectern_\n}{\n").metrics(null)).isEmpty();
	}

	private static Metric lagSince(Scrape before, String exported) {
		return Scrape.parse(exported)
			.metrics(before)
			.stream()
			.filter((metric) -> metric.name().equals("lectern.feed.lag"))
			.findFirst()
			.orElseThrow();
	}

	private Metric metric(String name) {
		assertThat(named(name)).hasSize(1);
		return named(name).getFirst();
	}

	private List<Metric> named(String name) {
		return this.metrics.stream().filter((metric) -> metric.name().equals(name)).toList();
	}

}
