package lectern.acceptance;

import java.time.Duration;
import java.util.Map;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.Drop;
import lectern.bench.crowd.Listener;
import lectern.bench.crowd.Plan;
import lectern.bench.http.Answer;
import lectern.bench.http.HttpConnection;
import lectern.bench.http.Request;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** One address that tries to take every place gets its share, and others theirs. */
@ExtendWith(LecternUp.class)
@Timeout(300)
class GreedyAddressAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final int MOST = 1_000;

	private static final int ASKED_FOR = 1_500;

	private static final int OTHERS = 20;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Test
	void leavesPlacesToOthers(Lectern lectern) throws Exception {
		// Who comes after the greedy ones comes from the next address.
		Plan plan = Plan.of(lectern.port(), ASKED_FOR + OTHERS, EVENTS).withPerAddress(ASKED_FOR).stayingAway();
		try (Crowd crowd = Crowd.open(plan, Listener.none())) {
			assertThat(crowd.await((counts) -> answers(counts.statuses()) == ASKED_FOR + OTHERS, LIMIT)).isTrue();
			assertThat(crowd.counts().statuses()).isEqualTo(Map.of(200, (long) MOST + OTHERS, 429, 500L));
			assertThat(crowd.counts().open()).as("who is connected stays so").isEqualTo(MOST + OTHERS);
			Proof.report("one address asked for %d streams: answers %s, %d open with those of others", ASKED_FOR,
					crowd.counts().statuses(), crowd.counts().open());

			Answer refused = ask(lectern);
			assertThat(refused.head().status()).isEqualTo(429);
			assertThat(refused.head().headers()).containsEntry("Retry-After", "30")
				.containsEntry("Content-Type", "application/problem+json")
				.containsKey("X-Request-Id");
			JsonNode problem = Json.of(refused.body());
			assertThat(problem.path("type").asString()).isEqualTo("/problems/too-many-streams");
			assertThat(problem.path("status").asInt()).isEqualTo(429);

			for (int one = 0; one < OTHERS; one++) {
				crowd.dropOne(one, Drop.CLOSE);
			}
			Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertGetsIn(lectern));
			assertThat(crowd.counts().open()).isEqualTo(MOST);
		}
	}

	private static long answers(Map<Integer, Long> statuses) {
		return statuses.values().stream().mapToLong(Long::longValue).sum();
	}

	private static void assertGetsIn(Lectern lectern) throws Exception {
		try (Subscriber subscriber = lectern.follow(EVENTS, Map.of())) {
			assertThat(subscriber.next().id()).isNotEmpty();
		}
	}

	private static Answer ask(Lectern lectern) throws Exception {
		try (HttpConnection connection = HttpConnection.to(lectern.port())) {
			return connection.exchange(Request.get(EVENTS, Map.of("Accept", "text/event-stream")));
		}
	}

}
