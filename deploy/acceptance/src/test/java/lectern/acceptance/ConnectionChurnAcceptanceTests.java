package lectern.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.crowd.DisconnectMode;
import lectern.bench.crowd.StreamRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Thousands of short connections leave no resources behind. */
@ExtendWith(LecternExtension.class)
@Timeout(600)
class ConnectionChurnAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final List<String> SERVICES = List.of("gateway", "progress-service");

	private static final int BATCH_SIZE = 200;

	/** One in this many subscribes to a private stream. */
	private static final int PRIVATE_STREAM_INTERVAL = 10;

	private static final int CONNECTIONS = TestScale.size(20_000, 2_000);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/** Connections between the services that a pool may keep for a while. */
	private static final int DESCRIPTOR_TOLERANCE = 10;

	/**
	 * Code is compiled and classes are loaded meanwhile; a stream takes some kilobytes.
	 */
	private static final long HEAP_TOLERANCE_BYTES = 4 << 20;

	@Test
	void closedConnectionsReleaseAllResources(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		for (int i = 0; i < 5; i++) {
			openAndCloseStreams(lectern, reader, i);
		}
		Map<String, ResourceUsage> before = measureServices(lectern);

		for (int i = 0; i < CONNECTIONS / BATCH_SIZE; i++) {
			openAndCloseStreams(lectern, reader, i);
		}

		Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
			for (String service : SERVICES) {
				ResourceUsage now = ResourceUsage.measure(lectern, service);
				assertThat(now.subscribers()).as("subscribers of " + service)
					.isEqualTo(before.get(service).subscribers());
				assertThat(now.upstreams()).as("upstreams of " + service).isEqualTo(before.get(service).upstreams());
				assertThat(now.descriptors()).as("descriptors of " + service)
					.isLessThanOrEqualTo(before.get(service).descriptors() + DESCRIPTOR_TOLERANCE);
			}
		});
		// What was closed a moment ago is in use until its timers end.
		Awaitility.await()
			.atMost(TIMEOUT)
			.pollInterval(Duration.ofSeconds(1))
			.untilAsserted(() -> assertHeapReturned(before, measureServices(lectern)));
	}

	private static void assertHeapReturned(Map<String, ResourceUsage> before, Map<String, ResourceUsage> after) {
		for (String service : SERVICES) {
			TestScale.report("%d connections came and went: %s: %s before, %s after", CONNECTIONS, service,
					before.get(service), after.get(service));
			assertThat(after.get(service).heap()).as("heap of " + service)
				.isLessThanOrEqualTo(before.get(service).heap() + HEAP_TOLERANCE_BYTES);
		}
	}

	/** Alternates: closed by FIN or by RST, after the connection is open or before. */
	private static void openAndCloseStreams(LecternInstance lectern, ReaderClient reader, int round) {
		StreamRequest shared = StreamRequest.of(EVENTS);
		StreamRequest own = new StreamRequest(reader.streamPath(), reader.authorizationHeader());
		CrowdPlan plan = CrowdPlan.of(lectern.port(), BATCH_SIZE, EVENTS)
			.withRequest((one) -> (one % PRIVATE_STREAM_INTERVAL == 0) ? own : shared)
			.withConnectRate(4_000)
			.withoutReconnect();
		try (Crowd crowd = Crowd.open(plan, CrowdListener.noOp())) {
			int awaited = (round % 3 == 2) ? BATCH_SIZE / 2 : BATCH_SIZE;
			assertThat(crowd.awaitOpen(awaited, TIMEOUT)).as("open: " + crowd.counts()).isTrue();
			if (round % 3 == 1) {
				crowd.disconnectRandom(BATCH_SIZE, DisconnectMode.RESET);
				assertThat(crowd.await((counts) -> counts.open() == 0, TIMEOUT)).isTrue();
			}
		}
	}

	private static Map<String, ResourceUsage> measureServices(LecternInstance lectern) throws Exception {
		return Map.of(SERVICES.getFirst(), ResourceUsage.measure(lectern, SERVICES.getFirst()), SERVICES.getLast(),
				ResourceUsage.measure(lectern, SERVICES.getLast()));
	}

	/** The resources that a process uses. */
	private record ResourceUsage(long descriptors, double subscribers, double upstreams, long heap) {

		static ResourceUsage measure(LecternInstance lectern, String service) throws Exception {
			try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(lectern.pid(service)), "fd"))) {
				return new ResourceUsage(descriptors.count(),
						lectern.sumMeter(service, "lectern_stream_subscribers", ""),
						lectern.sumMeter(service, "lectern_edge_upstreams", ""), lectern.liveHeapBytes(service));
			}
		}

		@Override
		public String toString() {
			return "%d descriptors, %.0f subscribers, %.0f upstreams, %.1f MB of heap".formatted(this.descriptors,
					this.subscribers, this.upstreams, this.heap / (double) (1 << 20));
		}

	}

}
