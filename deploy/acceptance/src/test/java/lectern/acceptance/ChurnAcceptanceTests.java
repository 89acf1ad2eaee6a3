package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.Drop;
import lectern.bench.crowd.Listener;
import lectern.bench.crowd.Plan;
import lectern.bench.crowd.StreamRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Thousands who come and go leave nothing behind. */
@ExtendWith(LecternUp.class)
@Timeout(600)
class ChurnAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final List<String> SERVICES = List.of("gateway", "progress-service");

	private static final int AT_ONCE = 200;

	/** One in so many follows a stream of its own. */
	private static final int PRIVATE = 10;

	private static final int CONNECTIONS = Proof.size(20_000, 2_000);

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** Connections between the services that a pool may keep for a while. */
	private static final int SPARE_DESCRIPTORS = 10;

	/**
	 * Code is compiled and classes are loaded meanwhile; a stream takes some kilobytes.
	 */
	private static final double SPARE_BYTES = 4 << 20;

	@Test
	void leavesNothingBehind(Lectern lectern) throws Exception {
		Reader reader = new Reader(lectern);
		for (int i = 0; i < 5; i++) {
			comeAndGo(lectern, reader, i);
		}
		Map<String, State> before = states(lectern);

		for (int i = 0; i < CONNECTIONS / AT_ONCE; i++) {
			comeAndGo(lectern, reader, i);
		}

		Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
			for (String service : SERVICES) {
				State now = State.of(lectern, service);
				assertThat(now.subscribers()).as("subscribers of " + service)
					.isEqualTo(before.get(service).subscribers());
				assertThat(now.upstreams()).as("upstreams of " + service).isEqualTo(before.get(service).upstreams());
				assertThat(now.descriptors()).as("descriptors of " + service)
					.isLessThanOrEqualTo(before.get(service).descriptors() + SPARE_DESCRIPTORS);
			}
		});
		Map<String, State> after = states(lectern);
		for (String service : SERVICES) {
			Proof.report("%d connections came and went: %s: %s before, %s after", CONNECTIONS, service,
					before.get(service), after.get(service));
			assertThat(after.get(service).heap()).as("heap of " + service)
				.isLessThanOrEqualTo(before.get(service).heap() + SPARE_BYTES);
		}
	}

	/** In turns: closed by FIN or by RST once they are open, or before they are. */
	private static void comeAndGo(Lectern lectern, Reader reader, int round) {
		StreamRequest shared = StreamRequest.of(EVENTS);
		StreamRequest own = new StreamRequest(reader.stream(), reader.authorization());
		Plan plan = Plan.of(lectern.port(), AT_ONCE, EVENTS)
			.withRequest((one) -> (one % PRIVATE == 0) ? own : shared)
			.withPace(4_000)
			.stayingAway();
		try (Crowd crowd = Crowd.open(plan, Listener.none())) {
			int awaited = (round % 3 == 2) ? AT_ONCE / 2 : AT_ONCE;
			assertThat(crowd.awaitOpen(awaited, LIMIT)).as("open: " + crowd.counts()).isTrue();
			if (round % 3 == 1) {
				crowd.drop(AT_ONCE, Drop.RESET);
				assertThat(crowd.await((counts) -> counts.open() == 0, LIMIT)).isTrue();
			}
		}
	}

	private static Map<String, State> states(Lectern lectern) throws Exception {
		for (String service : SERVICES) {
			lectern.collectGarbage(service);
		}
		return Map.of(SERVICES.getFirst(), State.of(lectern, SERVICES.getFirst()), SERVICES.getLast(),
				State.of(lectern, SERVICES.getLast()));
	}

	/** What a process has in use. */
	private record State(long descriptors, double subscribers, double upstreams, double heap) {

		static State of(Lectern lectern, String service) throws IOException {
			try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(lectern.pid(service)), "fd"))) {
				return new State(descriptors.count(), lectern.meter(service, "lectern_stream_subscribers", ""),
						lectern.meter(service, "lectern_edge_upstreams", ""),
						lectern.meter(service, "jvm_memory_used_bytes", "area=\"heap\""));
			}
		}

		@Override
		public String toString() {
			return "%d descriptors, %.0f subscribers, %.0f upstreams, %.1f MB of heap".formatted(this.descriptors,
					this.subscribers, this.upstreams, this.heap / (1 << 20));
		}

	}

}
