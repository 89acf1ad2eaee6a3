package lectern.acceptance;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.crowd.EventId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stopping gateway sends an end to every subscriber, and they reconnect spread over
 * time.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class GatewayDrainAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final int SUBSCRIBERS = TestScale.size(5_000, 500);

	/**
	 * The services' spring.lifecycle.timeout-per-shutdown-phase, which a busy machine may
	 * exceed. A subscriber that is not told in time is cut off and never told.
	 */
	private static final Duration SHUTDOWN_TIMEOUT = TestScale.isFull() ? Duration.ofSeconds(5) : HANG_LIMIT;

	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	@Test
	void drainNotifiesAllSubscribersAndStaggersReconnects(LecternInstance lectern) throws Exception {
		DrainTimes times = new DrainTimes(SUBSCRIBERS);
		try (Crowd crowd = Crowd.open(CrowdPlan.of(lectern.port(), SUBSCRIBERS, EVENTS), times);
				OperatorStream operator = OperatorStream.open(lectern)) {
			assertThat(crowd.awaitOpen(SUBSCRIBERS, TIMEOUT)).as("all open: " + crowd.counts()).isTrue();
			operator.next();
			ProcessHandle gateway = ProcessHandle.of(lectern.pid("gateway")).orElseThrow();
			long asked = System.nanoTime();

			gateway.destroy();

			// A subscriber that reconnects during the drain gets another end.
			boolean told = crowd.await((_) -> times.allEnded(), SHUTDOWN_TIMEOUT);
			gateway.onExit().get(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			TestScale.report("drain: %d told between %s; the process ended after %.2f s", SUBSCRIBERS,
					describeSpread(times.endedAt, asked), (System.nanoTime() - asked) / 1e9);
			// Always start it again, because the next test needs it.
			lectern.awaitRestart("gateway", gateway.pid());
			assertThat(told).as("all told: " + crowd.counts()).isTrue();
			assertThat(crowd.counts().endReasons()).containsOnlyKeys("drain");
			assertThat(operator.awaitEnd().path("reason").asString()).isEqualTo("drain");
			TestScale.report("drain: serving again after %.1f s", (System.nanoTime() - asked) / 1e9);
			assertThat(crowd.awaitOpen(SUBSCRIBERS, TIMEOUT)).as("all back: " + crowd.counts()).isTrue();
			TestScale.report("drain: all back between %s; answers %s, %d connects failed, %.0f pages replayed",
					describeSpread(times.openedAt, asked), crowd.counts().statuses(), crowd.counts().connectFailures(),
					lectern.sumMeter("gateway", "lectern_stream_replay_pages_total", EVENTS));
			assertThat(crowd.counts().statuses()).as("any other status would make a browser give up")
				.containsOnlyKeys(200);
			assertThat(lectern.sumMeter("gateway", "lectern_stream_replay_pages_total", EVENTS)).isZero();
		}
	}

	private static String describeSpread(AtomicLongArray times, long since) {
		double[] sorted = new double[times.length()];
		Arrays.setAll(sorted, (one) -> (times.get(one) - since) / 1e9);
		Arrays.sort(sorted);
		return "%.2f and %.2f s, half of them by %.2f s".formatted(sorted[0], sorted[sorted.length - 1],
				sorted[sorted.length / 2]);
	}

	/** When each subscriber received the end, and when it was last connected. */
	private static final class DrainTimes implements CrowdListener {

		private final AtomicLongArray endedAt;

		private final AtomicLongArray openedAt;

		DrainTimes(int subscribers) {
			this.endedAt = new AtomicLongArray(subscribers);
			this.openedAt = new AtomicLongArray(subscribers);
		}

		boolean allEnded() {
			return IntStream.range(0, this.endedAt.length()).allMatch((one) -> this.endedAt.get(one) != 0);
		}

		@Override
		public void onEvent(int subscriber, EventId id, long nanos) {
			// Events are not recorded.
		}

		@Override
		public void onNamedEvent(int subscriber, String name, String data) {
			this.endedAt.compareAndSet(subscriber, 0, System.nanoTime());
		}

		@Override
		public void onOpen(int subscriber) {
			this.openedAt.set(subscriber, System.nanoTime());
		}

	}

}
