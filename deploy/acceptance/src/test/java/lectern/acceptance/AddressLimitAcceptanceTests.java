package lectern.acceptance;

import java.time.Duration;
import java.util.Map;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.crowd.DisconnectMode;
import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.http.TextResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** One address cannot take the connections of all others. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class AddressLimitAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final int MAX_PER_ADDRESS = 1_000;

	private static final int REQUESTED_STREAMS = 1_500;

	private static final int OTHER_ADDRESS_STREAMS = 20;

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Test
	void addressOverLimitDoesNotBlockOtherAddresses(LecternInstance lectern) throws Exception {
		// The next subscribers connect from the next address.
		CrowdPlan plan = CrowdPlan.of(lectern.port(), REQUESTED_STREAMS + OTHER_ADDRESS_STREAMS, EVENTS)
			.withSubscribersPerAddress(REQUESTED_STREAMS)
			.withoutReconnect();
		try (Crowd crowd = Crowd.open(plan, CrowdListener.noOp())) {
			assertThat(crowd.await(
					(counts) -> totalResponses(counts.statuses()) == REQUESTED_STREAMS + OTHER_ADDRESS_STREAMS,
					TIMEOUT))
				.isTrue();
			assertThat(crowd.counts().statuses())
				.isEqualTo(Map.of(200, (long) MAX_PER_ADDRESS + OTHER_ADDRESS_STREAMS, 429, 500L));
			assertThat(crowd.counts().open()).as("connected subscribers stay connected")
				.isEqualTo(MAX_PER_ADDRESS + OTHER_ADDRESS_STREAMS);
			TestScale.report("one address asked for %d streams: answers %s, %d open with those of others",
					REQUESTED_STREAMS, crowd.counts().statuses(), crowd.counts().open());

			TextResponse refused = requestStream(lectern);
			assertThat(refused.head().status()).isEqualTo(429);
			assertThat(refused.head().headers()).containsEntry("Retry-After", "30")
				.containsEntry("Content-Type", "application/problem+json")
				.containsEntry("RateLimit-Policy", "\"streams-per-address\";q=1000;qu=\"concurrent-requests\"")
				.containsEntry("RateLimit", "\"streams-per-address\";r=0")
				.containsKey("X-Request-Id");
			JsonNode problem = JsonTrees.parse(refused.body());
			assertThat(problem.path("type").asString()).isEqualTo("/problems/too-many-streams");
			assertThat(problem.path("status").asInt()).isEqualTo(429);

			for (int one = 0; one < OTHER_ADDRESS_STREAMS; one++) {
				crowd.disconnect(one, DisconnectMode.CLOSE);
			}
			Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertStreamOpens(lectern));
			assertThat(crowd.counts().open()).isEqualTo(MAX_PER_ADDRESS);
		}
	}

	private static long totalResponses(Map<Integer, Long> statuses) {
		return statuses.values().stream().mapToLong(Long::longValue).sum();
	}

	private static void assertStreamOpens(LecternInstance lectern) throws Exception {
		try (RecordingStreamClient subscriber = lectern.subscribe(EVENTS, Map.of())) {
			assertThat(subscriber.nextFrame().id()).isNotEmpty();
		}
	}

	private static TextResponse requestStream(LecternInstance lectern) throws Exception {
		try (HttpConnection connection = HttpConnection.connect(lectern.port())) {
			return connection.exchange(TextRequest.get(EVENTS, Map.of("Accept", "text/event-stream")));
		}
	}

}
