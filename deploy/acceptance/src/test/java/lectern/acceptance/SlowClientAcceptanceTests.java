package lectern.acceptance;

import java.time.Duration;
import java.util.Map;

import lectern.bench.crowd.Appetite;
import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.Listener;
import lectern.bench.crowd.Plan;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Who reads slowly, or not at all, costs nobody else anything. */
@ExtendWith(LecternUp.class)
@Timeout(1800)
class SlowClientAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String BOOK = "for-slow-readers";

	private static final int OTHERS = Proof.size(2_000, 200);

	private static final int PER_SECOND = 20;

	/** Large enough that the silent one's buffers are full within a second or two. */
	private static final int LARGE = 3_000;

	private static final int VERY_LARGE = 48_000;

	/**
	 * So many of the very large ones no ring of ours holds, nor the buffers before it.
	 */
	private static final int MORE_THAN_A_RING = 420;

	private static final int SLOW = 0;

	private static final int BYTES_A_SECOND = Proof.size(1_024, 16_384);

	private static final Duration WINDOW = Duration.ofSeconds(Proof.size(25, 6));

	private static final Duration LIMIT = Duration.ofSeconds(180);

	/** As old as a connection gets, and a little. */
	private static final Duration AGE = Duration.ofMinutes(11);

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

	@Test
	void isServedFromTheLogUnlessItTakesNothing(Lectern lectern) throws Exception {
		new Curator(lectern).write(BOOK, "Before it all");
		await(LIMIT, () -> assertThat(subscribers(lectern)).as("of other tests").isZero());
		double cut = closed(lectern, "slow");
		double aged = closed(lectern, "age");
		Sequences sequences = new Sequences(2);
		try (Crowd slowOnes = Crowd.open(slowOnes(lectern), sequences)) {
			assertThat(slowOnes.awaitOpen(2, LIMIT)).as("open").isTrue();
			long since = System.nanoTime();
			fallOffTheRing(lectern);
			await(LIMIT, () -> assertThat(closed(lectern, "slow")).as("the silent one is cut").isEqualTo(cut + 1));
			report("the silent one was cut after %.0f s", since);
			double pages = pages(lectern);
			// A page is asked for when the one before has been taken.
			await(AGE, () -> assertThat(pages(lectern)).as("pages of the log").isGreaterThanOrEqualTo(pages + 2));
			report("the slow one has taken pages of the log after %.0f s", since);
			assertThat(subscribers(lectern)).as("the slow one stays").isEqualTo(1);
			if (Proof.isFull()) {
				await(AGE, () -> assertThat(closed(lectern, "age")).as("its age ends it").isEqualTo(aged + 1));
				report("the age of the slow one ended it after %.0f s", since);
			}
			assertThat(closed(lectern, "slow")).as("cut").isEqualTo(cut + 1);
		}
		assertThat(sequences.delivered()).isPositive();
		sequences.assertNoGap(SLOW, lectern.log("catalog", "change"));
		Proof.report("slow clients: the slow one got %d events, without a gap", sequences.delivered());
	}

	private static Plan slowOnes(Lectern lectern) {
		return Plan.of(lectern.port(), 2, EVENTS)
			.withAppetite((one) -> (one == SLOW) ? Appetite.slow(BYTES_A_SECOND) : Appetite.NONE)
			.stayingAway();
	}

	private static void fallOffTheRing(Lectern lectern) throws Exception {
		Map<String, String> curator = curator(lectern);
		try (WritingClient catalog = WritingClient.of(lectern, "catalog-service")) {
			for (int number = 0; number < MORE_THAN_A_RING; number++) {
				catalog.book(curator, BOOK, number, VERY_LARGE);
			}
		}
	}

	private static Map<String, String> curator(Lectern lectern) {
		return Map.of("Authorization", "Bearer " + lectern.adminToken());
	}

	private static void report(String when, Latencies latencies) {
		int before = latencies.count();
		pass(WINDOW);
		Proof.report("slow clients: %d others %s: %s", OTHERS, when, latencies.between(before, latencies.count()));
	}

	private static void report(String form, long since) {
		Proof.report("slow clients: " + form, (System.nanoTime() - since) / 1e9);
	}

	private static void pass(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		Awaitility.await().atMost(time.multipliedBy(2)).until(() -> System.nanoTime() >= until);
	}

	private static void await(Duration limit, ThrowingRunnable seen) {
		Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(500)).untilAsserted(seen);
	}

	private static double subscribers(Lectern lectern) {
		return lectern.meter("gateway", "lectern_stream_subscribers", EVENTS);
	}

	private static double closed(Lectern lectern, String reason) {
		return lectern.meter("gateway", "lectern_stream_closed_total",
				"reason=\"" + reason + "\",stream=\"" + EVENTS + "\"");
	}

	private static double pages(Lectern lectern) {
		return lectern.meter("gateway", "lectern_stream_replay_pages_total", EVENTS);
	}

}
