package lectern.acceptance;

import java.time.Duration;
import java.util.Map;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.crowd.ReadRate;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** A slow or silent client does not disturb the others. */
@ExtendWith(LecternExtension.class)
@Timeout(1800)
class SlowClientAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String BOOK = "for-slow-readers";

	private static final int FAST_SUBSCRIBERS = TestScale.size(2_000, 200);

	private static final int WRITES_PER_SECOND = 20;

	/** Large enough to fill the buffers of the silent client within two seconds. */
	private static final int LARGE_BOOK_BYTES = 3_000;

	private static final int VERY_LARGE_BOOK_BYTES = 48_000;

	/**
	 * So many of the very large ones no ring of ours holds, nor the buffers before it.
	 */
	private static final int EVENTS_EXCEEDING_RING = 420;

	private static final int SLOW_SUBSCRIBER = 0;

	private static final int BYTES_PER_SECOND = TestScale.size(1_024, 16_384);

	private static final Duration MEASUREMENT_TIME = Duration.ofSeconds(TestScale.size(25, 2));

	private static final Duration TIMEOUT = Duration.ofSeconds(180);

	/** Slightly more than the maximum age of a connection. */
	private static final Duration MAX_AGE_TIMEOUT = Duration.ofMinutes(11);

	@Test
	void slowClientsDoNotDelayOtherSubscribers(LecternInstance lectern) throws Exception {
		String beginning = new CuratorClient(lectern).saveBook(BOOK, "Before it all");
		Map<String, String> curator = curatorHeaders(lectern);
		DeliveryLatencies latencies = new DeliveryLatencies(beginning);
		try (DirectWriteClient catalog = DirectWriteClient.connect(lectern, "catalog-service");
				Crowd others = Crowd.open(CrowdPlan.of(lectern.port(), FAST_SUBSCRIBERS, EVENTS), latencies)) {
			assertThat(others.awaitOpen(FAST_SUBSCRIBERS, TIMEOUT)).as("all open").isTrue();
			try (FixedRateWriter _ = FixedRateWriter.start(WRITES_PER_SECOND, (number) -> {
				latencies.recordSend(number);
				catalog.updateBook(curator, BOOK, number, LARGE_BOOK_BYTES);
			})) {
				waitFor(MEASUREMENT_TIME);
				report("without them", latencies);
				report("without them, once more", latencies);
				try (Crowd slowOnes = Crowd.open(slowPlan(lectern), CrowdListener.noOp())) {
					assertThat(slowOnes.awaitOpen(2, TIMEOUT)).as("slow ones open").isTrue();
					report("with them", latencies);
				}
			}
			assertThat(others.counts().connects()).as("connections of the fast subscribers")
				.isEqualTo(FAST_SUBSCRIBERS);
		}
	}

	@Test
	void slowClientIsServedFromLogAndStalledClientIsClosed(LecternInstance lectern) throws Exception {
		new CuratorClient(lectern).saveBook(BOOK, "Before it all");
		await(TIMEOUT, () -> assertThat(subscriberCount(lectern)).as("subscribers of other tests").isZero());
		double cut = closedCount(lectern, "slow");
		double aged = closedCount(lectern, "age");
		ReceivedSequences sequences = new ReceivedSequences(2);
		try (Crowd slowOnes = Crowd.open(slowPlan(lectern), sequences)) {
			assertThat(slowOnes.awaitOpen(2, TIMEOUT)).as("open").isTrue();
			long since = System.nanoTime();
			overrunRing(lectern);
			await(TIMEOUT, () -> assertThat(closedCount(lectern, "slow")).as("the silent client is disconnected")
				.isEqualTo(cut + 1));
			report("the silent one was cut after %.0f s", since);
			double pages = replayedPages(lectern);
			// The next page is requested when the previous one has been written.
			await(MAX_AGE_TIMEOUT,
					() -> assertThat(replayedPages(lectern)).as("pages of the log").isGreaterThanOrEqualTo(pages + 2));
			report("the slow one has taken pages of the log after %.0f s", since);
			assertThat(subscriberCount(lectern)).as("the slow client stays connected").isEqualTo(1);
			if (TestScale.isFull()) {
				await(MAX_AGE_TIMEOUT,
						() -> assertThat(closedCount(lectern, "age")).as("the slow client is closed by its age")
							.isEqualTo(aged + 1));
				report("the age of the slow one ended it after %.0f s", since);
			}
			assertThat(closedCount(lectern, "slow")).as("cut").isEqualTo(cut + 1);
		}
		assertThat(sequences.delivered()).isPositive();
		sequences.assertNoGap(SLOW_SUBSCRIBER, lectern.logPositions("catalog", "change"));
		TestScale.report("slow clients: the slow one got %d events, without a gap", sequences.delivered());
	}

	private static CrowdPlan slowPlan(LecternInstance lectern) {
		return CrowdPlan.of(lectern.port(), 2, EVENTS)
			.withReadRate(
					(one) -> (one == SLOW_SUBSCRIBER) ? ReadRate.ofBytesPerSecond(BYTES_PER_SECOND) : ReadRate.NONE)
			.withoutReconnect();
	}

	private static void overrunRing(LecternInstance lectern) throws Exception {
		Map<String, String> curator = curatorHeaders(lectern);
		try (DirectWriteClient catalog = DirectWriteClient.connect(lectern, "catalog-service")) {
			for (int number = 0; number < EVENTS_EXCEEDING_RING; number++) {
				catalog.updateBook(curator, BOOK, number, VERY_LARGE_BOOK_BYTES);
			}
		}
	}

	private static Map<String, String> curatorHeaders(LecternInstance lectern) {
		return Map.of("Authorization", "Bearer " + lectern.adminToken());
	}

	private static void report(String when, DeliveryLatencies latencies) {
		int before = latencies.count();
		waitFor(MEASUREMENT_TIME);
		TestScale.report("slow clients: %d others %s: %s", FAST_SUBSCRIBERS, when,
				latencies.percentilesBetween(before, latencies.count()));
	}

	private static void report(String form, long since) {
		TestScale.report("slow clients: " + form, (System.nanoTime() - since) / 1e9);
	}

	private static void waitFor(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		Awaitility.await().atMost(time.multipliedBy(2)).until(() -> System.nanoTime() >= until);
	}

	private static void await(Duration limit, ThrowingRunnable seen) {
		Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(500)).untilAsserted(seen);
	}

	private static double subscriberCount(LecternInstance lectern) {
		return lectern.sumMeter("gateway", "lectern_stream_subscribers", EVENTS);
	}

	private static double closedCount(LecternInstance lectern, String reason) {
		return lectern.sumMeter("gateway", "lectern_stream_closed_total",
				"reason=\"" + reason + "\",stream=\"" + EVENTS + "\"");
	}

	private static double replayedPages(LecternInstance lectern) {
		return lectern.sumMeter("gateway", "lectern_stream_replay_pages_total", EVENTS);
	}

}
