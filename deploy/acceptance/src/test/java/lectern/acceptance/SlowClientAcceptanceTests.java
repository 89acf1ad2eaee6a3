package lectern.acceptance;

import java.time.Duration;
import java.util.Map;

import lectern.bench.crowd.Appetite;
import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.Listener;
import lectern.bench.crowd.Plan;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Who reads slowly, or not at all, costs nobody else anything. */
@ExtendWith(LecternUp.class)
@Timeout(600)
class SlowClientAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String BOOK = "for-slow-readers";

	private static final int OTHERS = Proof.size(2_000, 200);

	private static final int PER_SECOND = 20;

	/** Large enough that the silent one's buffers are full within a second or two. */
	private static final int LARGE = 3_000;

	private static final int SLOW = 0;

	private static final int BYTES_A_SECOND = Proof.size(1_024, 4_096);

	private static final Duration WINDOW = Duration.ofSeconds(Proof.size(25, 6));

	private static final Duration LIMIT = Duration.ofSeconds(180);

	@Test
	void costsNobodyElseAnything(Lectern lectern) throws Exception {
		String beginning = new Curator(lectern).write(BOOK, "Before it all");
		Map<String, String> curator = curator(lectern);
		Latencies latencies = new Latencies(beginning);
		try (WritingClient catalog = WritingClient.of(lectern, "catalog-service");
				Crowd others = Crowd.open(Plan.of(lectern.port(), OTHERS, EVENTS), latencies)) {
			assertThat(others.awaitOpen(OTHERS, LIMIT)).as("all open").isTrue();
			try (SteadyWrites _ = SteadyWrites.begin(PER_SECOND, (number) -> {
				latencies.sending(number);
				catalog.book(curator, BOOK, number, LARGE);
			})) {
				pass(WINDOW);
				report("without them", latencies);
				report("without them, once more", latencies);
				try (Crowd slowOnes = Crowd.open(slowOnes(lectern), Listener.none())) {
					assertThat(slowOnes.awaitOpen(2, LIMIT)).as("slow ones open").isTrue();
					report("with them", latencies);
				}
			}
			assertThat(others.counts().connects()).as("nobody was cut").isEqualTo(OTHERS);
		}
	}

	private static Plan slowOnes(Lectern lectern) {
		return Plan.of(lectern.port(), 2, EVENTS)
			.withAppetite((one) -> (one == SLOW) ? Appetite.slow(BYTES_A_SECOND) : Appetite.NONE)
			.stayingAway();
	}

	private static Map<String, String> curator(Lectern lectern) {
		return Map.of("Authorization", "Bearer " + lectern.adminToken());
	}

	private static void report(String when, Latencies latencies) {
		int before = latencies.count();
		pass(WINDOW);
		Proof.report("slow clients: %d others %s: %s", OTHERS, when, latencies.between(before, latencies.count()));
	}

	private static void pass(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		Awaitility.await().atMost(time.multipliedBy(2)).until(() -> System.nanoTime() >= until);
	}

}
