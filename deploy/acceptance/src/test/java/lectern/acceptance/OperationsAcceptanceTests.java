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

/** Operators see every second how the whole of it is. */
@ExtendWith(LecternUp.class)
@Timeout(300)
class OperationsAcceptanceTests {

	private static final String EVENTS = "/api/v1/operations/events";

	@Test
	void aServiceThatIsKilledIsSeenToGoAndToComeBack(Lectern lectern) throws Exception {
		try (Subscriber operator = follow(lectern)) {
			for (String service : new String[] { "catalog-service", "progress-service" }) {
				await(operator, (snapshot) -> state(snapshot, service).equals("up"));
				long killed = lectern.pid(service);
				lectern.kill(service);
				JsonNode down = await(operator, (snapshot) -> state(snapshot, service).equals("down"));
				assertThat(state(down, "gateway")).isEqualTo("up");
				await(operator, (snapshot) -> state(snapshot, service).equals("up"));
				assertThat(lectern.pid(service)).isNotEqualTo(killed);
			}
		}
	}

	@Test
	void everyServiceShowsWhatItDoes(Lectern lectern) throws Exception {
		lectern.anybody().get().uri("/api/v1/books?limit=1").exchange().expectStatus().isOk();
		try (Subscriber operator = follow(lectern)) {
			for (String service : Modules.SERVICES) {
				await(operator,
						(snapshot) -> names(snapshot, service).containsAll(List.of("process.cpu.time", "process.uptime",
								"process.files.open", "jvm.memory.used", "jvm.threads.live", "http.server.requests")));
			}
			await(operator, (snapshot) -> names(snapshot, "gateway").containsAll(List.of("lectern.edge.upstreams",
					"lectern.operations.watchers", "reactor.netty.connections.active")));
			await(operator,
					(snapshot) -> names(snapshot, "catalog-service")
						.containsAll(List.of("lectern.stream.subscribers", "lectern.feed.lag",
								"lectern.log.append.duration", "r2dbc.pool.acquired", "r2dbc.pool.pending")));
			await(operator, (snapshot) -> names(snapshot, "progress-service")
				.containsAll(List.of("lectern.stream.subscribers", "lectern.projection.lag", "r2dbc.pool.acquired")));
		}
	}

	/** Asked to stop, not killed: the web server would wait five seconds for it. */
	@Test
	void theGatewaySaysGoodbye(Lectern lectern) throws Exception {
		ProcessHandle gateway = ProcessHandle.of(lectern.pid("gateway")).orElseThrow();
		try (Subscriber operator = follow(lectern)) {
			operator.nextEvent();
			gateway.destroy();
			Subscriber.Frame frame = operator.next();
			while (frame.line("event").isEmpty()) {
				frame = operator.next();
			}
			assertThat(frame.line("event")).isEqualTo("end");
			assertThat(frame.data().path("reason").asString()).isEqualTo("drain");
			gateway.onExit().get(4, TimeUnit.SECONDS);
		}
		lectern.awaitRestart("gateway", gateway.pid());
	}

	private static Subscriber follow(Lectern lectern) {
		return lectern.follow(EVENTS, Map.of("Authorization", "Bearer " + lectern.adminToken()));
	}

	private static JsonNode await(Subscriber operator, Predicate<JsonNode> wanted) throws InterruptedException {
		long until = System.nanoTime() + Lectern.RESTART.toNanos();
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

	private static List<String> names(JsonNode snapshot, String service) {
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
