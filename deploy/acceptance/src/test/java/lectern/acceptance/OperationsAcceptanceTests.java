package lectern.acceptance;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operators' stream shows the metrics of all services. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class OperationsAcceptanceTests {

	@Test
	void everyServiceReportsItsMetrics(LecternInstance lectern) throws Exception {
		lectern.anonymousClient().get().uri("/api/v1/books?limit=1").exchange().expectStatus().isOk();
		try (OperatorStream operator = OperatorStream.open(lectern)) {
			for (String service : Modules.SERVICES) {
				awaitMetrics(operator, service, "process.cpu.time", "process.uptime", "process.files.open",
						"jvm.memory.used", "jvm.threads.live", "http.server.requests");
			}
			awaitMetrics(operator, "gateway", "lectern.edge.upstreams", "lectern.stream.subscribers",
					"reactor.netty.connections.active");
			awaitMetrics(operator, "catalog-service", "lectern.stream.subscribers", "lectern.feed.lag",
					"lectern.log.append.duration", "r2dbc.pool.acquired", "r2dbc.pool.pending");
			awaitMetrics(operator, "progress-service", "lectern.stream.subscribers", "lectern.projection.lag",
					"r2dbc.pool.acquired");
		}
	}

	private static void awaitMetrics(OperatorStream operator, String service, String... names)
			throws InterruptedException {
		operator.await((snapshot) -> snapshot.metricNames(service).containsAll(List.of(names)));
	}

}
