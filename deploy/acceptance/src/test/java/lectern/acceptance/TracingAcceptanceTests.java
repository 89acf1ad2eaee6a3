package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Traces from the request of a browser to the database, as a collector gets them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class TracingAcceptanceTests {

	/** Leaves the list of headers of regular requests. */
	private static final String ORDINARY_WAY = "trailers";

	private static final String SHORT_WAY = "";

	private TraceCollector collector;

	private LecternInstance lectern;

	private ReaderClient reader;

	private String reading;

	@BeforeAll
	void start() throws IOException {
		this.collector = TraceCollector.start();
		this.lectern = LecternInstance.start(Files.createTempDirectory("lectern-traces").toRealPath().resolve("data"),
				Map.of("LECTERN_LOG_FORMAT", "json"),
				"-Dmanagement.opentelemetry.tracing.export.otlp.endpoint=" + this.collector.endpoint()
						+ " -Dmanagement.opentelemetry.tracing.export.schedule-delay=200ms"
						+ " -Dmanagement.tracing.sampling.probability=0.0");
		this.reader = new ReaderClient(this.lectern);
		this.reading = this.reader.startOrContinueReading("fluent-python");
	}

	@AfterAll
	void stop() throws IOException {
		this.lectern.assertNoBlockingCallAndNoLeak();
		this.lectern.close();
		this.collector.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void reportIsOneTraceDownToDatabase(String way) {
		Trace trace = Trace.begin();
		report(trace.header(true), way).expectStatus().isOk();

		ReceivedSpan statement = this.collector.await((span) -> trace.has(span) && span.mentions("append_batch"));
		ReceivedSpan service = this.collector
			.await((span) -> trace.has(span) && span.isServer() && span.service().equals("progress-service"));
		ReceivedSpan gateway = this.collector
			.await((span) -> trace.has(span) && span.isServer() && span.service().equals("gateway"));
		assertThat(gateway.parentId()).isEqualTo(trace.spanId());
		assertThat(service.parentId())
			.isEqualTo(way.equals(SHORT_WAY) ? gateway.id() : clientSpan(trace, gateway).id());
		assertThat(statement.parentId()).isEqualTo(service.id());
		assertThat(statement.service()).isEqualTo("progress-service");
		assertThat(service.attributes()).containsEntry("request.id", gateway.attributes().get("request.id"))
			.containsKey("request.id");
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void readIsOneTraceDownToDatabase(String way) {
		Trace trace = Trace.begin();
		this.reader.client()
			.get()
			.uri("/api/v1/readers/{reader}/readings/{reading}/history", this.reader.handle(), this.reading)
			.headers((headers) -> {
				headers.set("traceparent", trace.header(true));
				if (!way.isEmpty()) {
					headers.set("TE", way);
				}
			})
			.exchange()
			.expectStatus()
			.isOk();

		ReceivedSpan statement = this.collector.await((span) -> trace.has(span) && span.mentions("select"));
		ReceivedSpan service = this.collector
			.await((span) -> trace.has(span) && span.isServer() && span.service().equals("progress-service"));
		assertThat(statement.parentId()).isEqualTo(service.id());
		assertThat(service.attributes()).containsEntry("uri", "/api/v1/readers/{reader}/readings/{reading}/history");
	}

	/** The client span of the ordinary way is between those of both processes. */
	private ReceivedSpan clientSpan(Trace trace, ReceivedSpan parent) {
		return this.collector.await((span) -> trace.has(span) && span.service().equals("gateway") && !span.isServer()
				&& span.parentId().equals(parent.id()));
	}

	@Test
	void whatIsNotSampledIsNotSent() {
		Trace unsampled = Trace.begin();
		Trace sampled = Trace.begin();
		report(unsampled.header(false), SHORT_WAY).expectStatus().isOk();
		report(sampled.header(true), SHORT_WAY).expectStatus().isOk();

		this.collector.await((span) -> sampled.has(span) && span.mentions("append_batch"));
		assertThat(this.collector.spans()).noneMatch(unsampled::has);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
			"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-x-01" })
	void nonsenseIsNoTrace(String header) {
		for (String way : new String[] { SHORT_WAY, ORDINARY_WAY }) {
			report(header, way).expectStatus().isOk();
		}
		awaitAllExported();
		assertThat(this.collector.spans()).noneMatch((span) -> span.traceId().startsWith("4bf92f35"));
	}

	@Test
	void spansNameNoReaderAndNoQuery() {
		Trace trace = Trace.begin();
		this.reader.client()
			.get()
			.uri("/api/v1/readers/{reader}/readings?nonsense=what-was-typed", this.reader.handle())
			.header("traceparent", trace.header(true))
			.header("TE", ORDINARY_WAY)
			.exchange()
			.expectStatus()
			.isBadRequest();

		this.collector.await((span) -> trace.has(span) && span.service().equals("gateway") && span.isServer()
				&& span.mentions("/api/v1/readers/{reader}/readings"));
		awaitAllExported();
		assertThat(this.collector.hasReceived(this.reader.handle())).isFalse();
		assertThat(this.collector.hasReceived("what-was-typed")).isFalse();
	}

	@Test
	void streamsAndManagementHaveNoSpans() throws Exception {
		Trace trace = Trace.begin();
		try (RecordingStreamClient stream = this.lectern.subscribe(this.reader.streamPath(),
				Map.of("traceparent", trace.header(true), "Authorization", "Bearer " + this.reader.token()))) {
			stream.nextFrame();
			this.reader.reportPosition(this.reading, 0.5);
			stream.nextEvent();
		}
		this.lectern.managementClient("gateway")
			.get()
			.uri("/actuator/health")
			.header("traceparent", trace.header(true))
			.exchange()
			.expectStatus()
			.isOk();
		awaitAllExported();
		assertThat(this.collector.spans()).noneMatch(trace::has);
	}

	@Test
	void linesOfLogHaveRequestIdAndTraceId() throws Exception {
		Trace trace = Trace.begin();
		String id;
		this.lectern.suspend("catalog-service");
		try {
			id = JsonTrees
				.parse(this.lectern.anonymousClient()
					.get()
					.uri("/api/v1/books?limit=7")
					.header("traceparent", trace.header(true))
					.exchange()
					.expectStatus()
					.isEqualTo(504))
				.path("requestId")
				.asString();
		}
		finally {
			this.lectern.resume("catalog-service");
		}
		JsonNode line = JsonMapper.shared().readTree(this.lectern.logLines("gateway", id).getFirst());
		assertThat(line.path("requestId").asString()).isEqualTo(id);
		assertThat(line.path("traceId").asString()).isEqualTo(trace.id());
		assertThat(line.path("status").asInt()).isEqualTo(504);
		Awaitility.await().atMost(HANG_LIMIT).until(() -> !this.lectern.logLines("catalog-service", id).isEmpty());
		assertThat(JsonMapper.shared()
			.readTree(this.lectern.logLines("catalog-service", id).getFirst())
			.path("traceId")
			.asString()).isEqualTo(trace.id());
	}

	@Test
	void slowCollectorHasNoEffectOnRequests() throws IOException {
		this.collector.stall();
		try {
			for (int i = 0; i < 300; i++) {
				report(Trace.begin().header(true), SHORT_WAY).expectStatus().isOk();
			}
		}
		finally {
			this.collector.goOn();
		}
		for (String service : Modules.SERVICES) {
			assertThat(this.lectern.logLines(service, "xport").size()).as(service).isLessThan(20);
		}
		report(Trace.begin().header(true), SHORT_WAY).expectStatus().isOk();
		awaitAllExported();
	}

	@Test
	void absentCollectorHasNoEffectOnRequests() throws IOException {
		this.collector.leave();
		try {
			for (int i = 0; i < 300; i++) {
				report(Trace.begin().header(true), SHORT_WAY).expectStatus().isOk();
			}
		}
		finally {
			this.collector.comeBack();
		}
		for (String service : Modules.SERVICES) {
			assertThat(this.lectern.logLines(service, "xport").size()).as(service).isLessThan(20);
		}
		awaitAllExported();
	}

	/** What was sent before a trace that has arrived has arrived too, or was dropped. */
	private void awaitAllExported() {
		List<Trace> sent = new ArrayList<>();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> {
			sent.add(Trace.begin());
			report(sent.getLast().header(true), SHORT_WAY).expectStatus().isOk();
			return Stream.of("gateway", "progress-service")
				.allMatch((service) -> this.collector.spans()
					.stream()
					.anyMatch((span) -> span.service().equals(service)
							&& sent.stream().anyMatch((trace) -> trace.has(span))));
		});
	}

	private WebTestClient.ResponseSpec report(String traceparent, String way) {
		return this.reader.client()
			.post()
			.uri("/api/v1/readers/{reader}/readings/{reading}/positions", this.reader.handle(), this.reading)
			.headers((headers) -> {
				headers.set("traceparent", traceparent);
				if (!way.isEmpty()) {
					headers.set("TE", way);
				}
			})
			.bodyValue(Map.of("fraction", ThreadLocalRandom.current().nextInt(1000) / 1000.0, "device",
					Map.of("id", "browser", "name", "A browser")))
			.exchange();
	}

	/** A trace that a client has begun. */
	private record Trace(String id, String spanId) {

		static Trace begin() {
			ThreadLocalRandom random = ThreadLocalRandom.current();
			HexFormat hex = HexFormat.of();
			return new Trace(hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()),
					hex.toHexDigits(random.nextLong()));
		}

		String header(boolean sampled) {
			return "00-" + this.id + "-" + this.spanId + (sampled ? "-01" : "-00");
		}

		boolean has(ReceivedSpan span) {
			return span.traceId().equals(this.id);
		}

	}

}
