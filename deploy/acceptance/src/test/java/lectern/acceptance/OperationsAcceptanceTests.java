package lectern.acceptance;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The operators' stream shows the state of all services every second. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class OperationsAcceptanceTests {

	private static final String EVENTS = "/api/v1/operations/events";

	@Test
	void killedServiceIsReportedDownThenUp(LecternInstance lectern) throws Exception {
		try (RecordingStreamClient operator = subscribe(lectern)) {
			for (String service : new String[] { "catalog-service", "progress-service" }) {
				awaitSnapshot(operator, (snapshot) -> state(snapshot, service).equals("up"));
				long killed = lectern.pid(service);
				lectern.kill(service);
				JsonNode down = awaitSnapshot(operator, (snapshot) -> state(snapshot, service).equals("down"));
				assertThat(state(down, "gateway")).isEqualTo("up");
				awaitSnapshot(operator, (snapshot) -> state(snapshot, service).equals("up"));
				assertThat(lectern.pid(service)).isNotEqualTo(killed);
			}
		}
	}

	@Test
	void everyServiceReportsItsMetrics(LecternInstance lectern) throws Exception {
		lectern.anonymousClient().get().uri("/api/v1/books?limit=1").exchange().expectStatus().isOk();
		try (RecordingStreamClient operator = subscribe(lectern)) {
			for (String service : Modules.SERVICES) {
				awaitSnapshot(operator,
						(snapshot) -> metricNames(snapshot, service)
							.containsAll(List.of("process.cpu.time", "process.uptime", "process.files.open",
									"jvm.memory.used", "jvm.threads.live", "http.server.requests")));
			}
			awaitSnapshot(operator, (snapshot) -> metricNames(snapshot, "gateway").containsAll(List
				.of("lectern.edge.upstreams", "lectern.stream.subscribers", "reactor.netty.connections.active")));
			awaitSnapshot(operator,
					(snapshot) -> metricNames(snapshot, "catalog-service")
						.containsAll(List.of("lectern.stream.subscribers", "lectern.feed.lag",
								"lectern.log.append.duration", "r2dbc.pool.acquired", "r2dbc.pool.pending")));
			awaitSnapshot(operator, (snapshot) -> metricNames(snapshot, "progress-service")
				.containsAll(List.of("lectern.stream.subscribers", "lectern.projection.lag", "r2dbc.pool.acquired")));
		}
	}

	/** Stopped rather than killed, because the web server would wait five seconds. */
	@Test
	void stoppingGatewaySendsEndEvent(LecternInstance lectern) throws Exception {
		ProcessHandle gateway = ProcessHandle.of(lectern.pid("gateway")).orElseThrow();
		try (RecordingStreamClient operator = subscribe(lectern)) {
			operator.nextEvent();
			gateway.destroy();
			RecordingStreamClient.ReceivedFrame frame = operator.nextFrame();
			while (frame.field("event").isEmpty()) {
				frame = operator.nextFrame();
			}
			assertThat(frame.field("event")).isEqualTo("end");
			assertThat(frame.data().path("reason").asString()).isEqualTo("drain");
			gateway.onExit().get(4, TimeUnit.SECONDS);
		}
		lectern.awaitRestart("gateway", gateway.pid());
	}

	private static RecordingStreamClient subscribe(LecternInstance lectern) {
		return lectern.subscribe(EVENTS, Map.of("Authorization", "Bearer " + lectern.adminToken()));
	}

	private static JsonNode awaitSnapshot(RecordingStreamClient operator, Predicate<JsonNode> wanted)
			throws InterruptedException {
		long until = System.nanoTime() + LecternInstance.RESTART_TIMEOUT.toNanos();
		JsonNode snapshot = operator.nextEvent().data();
		while (!wanted.test(snapshot)) {
			assertThat(System.nanoTime()).as("waiting, with this as the latest: " + snapshot).isLessThan(until);
			snapshot = operator.nextEvent().data();
		}
		return snapshot;
	}

	private static String state(JsonNode snapshot, String service) {
		return service(snapshot, service).path("state").asString();
	}

	private static List<String> metricNames(JsonNode snapshot, String service) {
		return service(snapshot, service).path("metrics")
			.valueStream()
			.map((metric) -> metric.path("name").asString())
			.toList();
	}

	private static JsonNode service(JsonNode snapshot, String service) {
		return snapshot.path("services")
			.valueStream()
			.filter((each) -> each.path("service").asString().equals(service))
			.findFirst()
			.orElseThrow();
	}

}
