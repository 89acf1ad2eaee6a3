package lectern.acceptance;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.EventId;
import lectern.bench.crowd.Listener;
import lectern.bench.crowd.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that is asked to stop says so to everybody, and takes them back in turns. */
@ExtendWith(LecternUp.class)
@Timeout(300)
class GatewayDrainAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final int SUBSCRIBERS = Proof.size(5_000, 500);

	/** The services' spring.lifecycle.timeout-per-shutdown-phase. */
	private static final Duration GRACE = Duration.ofSeconds(5);

	private static final Duration LIMIT = Duration.ofSeconds(90);

	@Test
	void everybodyIsToldAndComesBackInTurns(Lectern lectern) throws Exception {
		Times times = new Times(SUBSCRIBERS);
		try (Crowd crowd = Crowd.open(Plan.of(lectern.port(), SUBSCRIBERS, EVENTS), times)) {
			assertThat(crowd.awaitOpen(SUBSCRIBERS, LIMIT)).as("all open: " + crowd.counts()).isTrue();
			ProcessHandle gateway = ProcessHandle.of(lectern.pid("gateway")).orElseThrow();
			long asked = System.nanoTime();

			gateway.destroy();

			// Who comes back while others are still being told is told again.
			boolean told = crowd.await((_) -> times.allEnded(), GRACE);
			gateway.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
			Proof.report("drain: %d told between %s; the process ended after %.2f s", SUBSCRIBERS,
					spread(times.ended, asked), (System.nanoTime() - asked) / 1e9);
			// Whatever comes out: the next test needs it.
			lectern.awaitRestart("gateway", gateway.pid());
			assertThat(told).as("all told: " + crowd.counts()).isTrue();
			assertThat(crowd.counts().ends()).containsOnlyKeys("drain");
			Proof.report("drain: serving again after %.1f s", (System.nanoTime() - asked) / 1e9);
			assertThat(crowd.awaitOpen(SUBSCRIBERS, LIMIT)).as("all back: " + crowd.counts()).isTrue();
			Proof.report("drain: all back between %s; answers %s, %d connects failed, %.0f pages replayed",
					spread(times.opened, asked), crowd.counts().statuses(), crowd.counts().failures(),
					lectern.meter("gateway", "lectern_stream_replay_pages_total", EVENTS));
			assertThat(crowd.counts().statuses()).as("any other answer would end a browser's stream for good")
				.containsOnlyKeys(200);
			assertThat(lectern.meter("gateway", "lectern_stream_replay_pages_total", EVENTS)).isZero();
		}
	}

	private static String spread(AtomicLongArray times, long since) {
		double[] sorted = new double[times.length()];
		Arrays.setAll(sorted, (one) -> (times.get(one) - since) / 1e9);
		Arrays.sort(sorted);
		return "%.2f and %.2f s, half of them by %.2f s".formatted(sorted[0], sorted[sorted.length - 1],
				sorted[sorted.length / 2]);
	}

	/** When each was told of the end, and when each was last answered. */
	private static final class Times implements Listener {

		private final AtomicLongArray ended;

		private final AtomicLongArray opened;

		Times(int subscribers) {
			this.ended = new AtomicLongArray(subscribers);
			this.opened = new AtomicLongArray(subscribers);
		}

		boolean allEnded() {
			return IntStream.range(0, this.ended.length()).allMatch((one) -> this.ended.get(one) != 0);
		}

		@Override
		public void event(int subscriber, EventId id, long nanos) {
			// Events are not what is looked at.
		}

		@Override
		public void control(int subscriber, String name, String data) {
			this.ended.compareAndSet(subscriber, 0, System.nanoTime());
		}

		@Override
		public void opened(int subscriber) {
			this.opened.set(subscriber, System.nanoTime());
		}

	}

}
