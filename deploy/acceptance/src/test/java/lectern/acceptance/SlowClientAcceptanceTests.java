package lectern.acceptance;

import java.time.Duration;
import java.util.Map;

import lectern.bench.crowd.Appetite;
import lectern.bench.crowd.Crowd;
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

	private static final int PER_SECOND = 50;

	/** Large enough that the silent one's buffers are full within a second or two. */
	private static final int LARGE = 3_000;

	/** As many of these as no ring of ours holds. */
	private static final int VERY_LARGE = 45_000;

	private static final int MORE_THAN_A_RING = 450;

	private static final int SLOW = 0;

	private static final int BYTES_A_SECOND = 1_024;

	private static final Duration WINDOW = Duration.ofSeconds(Proof.size(30, 8));

	/** Longer than our patience with who takes nothing. */
	private static final Duration STAYS = Duration.ofSeconds(40);

	private static final Duration LIMIT = Duration.ofSeconds(180);

	@Test
	void costsNobodyElseAnything(Lectern lectern) throws Exception {
		String beginning = new Curator(lectern).write(BOOK, "Before it all");
		Map<String, String> curator = Map.of("Authorization", "Bearer " + lectern.adminToken());
		double cut = closed(lectern);
		double pages = pages(lectern);
		Latencies latencies = new Latencies(beginning);
		Sequences sequences = new Sequences(2);
		try (WritingClient catalog = WritingClient.of(lectern, "catalog-service")) {
			try (Crowd others = Crowd.open(Plan.of(lectern.port(), OTHERS, EVENTS), latencies)) {
				assertThat(others.awaitOpen(OTHERS, LIMIT)).as("all open").isTrue();
				try (SteadyWrites writes = SteadyWrites.begin(PER_SECOND, (number) -> {
					latencies.sending(number);
					catalog.book(curator, BOOK, number, LARGE);
				})) {
					int warm = pass(latencies, WINDOW.dividedBy(2));
					int without = pass(latencies, WINDOW);
					Proof.report("slow clients: %d others without them: %s", OTHERS, latencies.between(warm, without));
					try (Crowd slowOnes = Crowd.open(slowOnes(lectern), sequences)) {
						assertThat(slowOnes.awaitOpen(2, LIMIT)).as("slow ones open").isTrue();
						long silentSince = System.nanoTime();
						int with = latencies.count();
						Proof.report("slow clients: %d others with them: %s", OTHERS,
								latencies.between(with, pass(latencies, WINDOW)));
						writes.end();
						fallOffTheRing(catalog, curator, writes.written());
						await(() -> assertThat(closed(lectern)).as("cut").isEqualTo(cut + 1));
						Proof.report("slow clients: the silent one was cut after %.1f s",
								(System.nanoTime() - silentSince) / 1e9);
						await(() -> assertThat(pages(lectern)).as("pages replayed").isGreaterThan(pages));
						Proof.report("slow clients: the slow one gets pages of the log after %.1f s",
								(System.nanoTime() - silentSince) / 1e9);
						pass(latencies, STAYS);
						// The silent one does not even read that it was cut.
						assertThat(closed(lectern)).as("the slow one stays").isEqualTo(cut + 1);
						assertThat(slowOnes.counts().connects()).isEqualTo(2);
					}
				}
			}
		}
		sequences.assertNoGap(SLOW, lectern.log("catalog", "change"));
		Proof.report("slow clients: the slow one got %d events in order", sequences.delivered());
	}

	private static void fallOffTheRing(WritingClient catalog, Map<String, String> curator, long from) throws Exception {
		for (int i = 1; i <= MORE_THAN_A_RING; i++) {
			catalog.book(curator, BOOK, from + i, VERY_LARGE);
		}
	}

	private static Plan slowOnes(Lectern lectern) {
		return Plan.of(lectern.port(), 2, EVENTS)
			.withAppetite((one) -> (one == SLOW) ? Appetite.slow(BYTES_A_SECOND) : Appetite.NONE)
			.stayingAway();
	}

	/** Let time pass; how many deliveries there were by then. */
	private static int pass(Latencies latencies, Duration time) {
		long until = System.nanoTime() + time.toNanos();
		Awaitility.await().atMost(time.multipliedBy(2)).until(() -> System.nanoTime() >= until);
		return latencies.count();
	}

	private static double closed(Lectern lectern) {
		return lectern.meter("gateway", "lectern_stream_closed_total", "reason=\"slow\"");
	}

	private static double pages(Lectern lectern) {
		return lectern.meter("gateway", "lectern_stream_replay_pages_total", EVENTS);
	}

	private static void await(org.awaitility.core.ThrowingRunnable seen) {
		Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).untilAsserted(seen);
	}

}
