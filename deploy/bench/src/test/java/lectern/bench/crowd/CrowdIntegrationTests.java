package lectern.bench.crowd;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A crowd connected to a real server that sends each event in several chunks. */
class CrowdIntegrationTests {

	@Test
	void everySubscriberReceivesEveryEventInOrder() {
		RecordingCrowdListener received = new RecordingCrowdListener();
		try (EventServer server = EventServer.start(20);
				Crowd crowd = Crowd.open(CrowdPlan.of(server.port(), 50, "/events"), received)) {
			awaitEvents(crowd, 50 * 20);

			assertThat(crowd.counts().open()).isEqualTo(50);
			assertThat(crowd.counts().statuses()).isEqualTo(Map.of(200, 50L));
			assertThat(received.bySubscriber).hasSize(50).allSatisfy((_, ids) -> assertThat(ids).isEqualTo(ids(1, 20)));
		}
	}

	@Test
	void disconnectedSubscriberResumesAfterLastEventId() {
		RecordingCrowdListener received = new RecordingCrowdListener();
		try (EventServer server = EventServer.start(20);
				Crowd crowd = Crowd.open(CrowdPlan.of(server.port(), 20, "/events").withThreads(2), received)) {
			awaitEvents(crowd, 20 * 20);
			crowd.disconnectRandom(10, DisconnectMode.RESET);
			// When they have their events, all streams are open again.
			awaitEvents(crowd, 20 * 20 + 10 * 5);
			assertThat(crowd.counts().reconnects()).isEqualTo(10);
			crowd.disconnectRandom(20, DisconnectMode.CLOSE);
			awaitEvents(crowd, 20 * 20 + 10 * 5 + 20 * 5);

			assertThat(crowd.counts().reconnects()).isEqualTo(30);
			assertThat(received.bySubscriber)
				.allSatisfy((_, ids) -> assertThat(ids).isEqualTo(ids(1, ids.size())).hasSizeGreaterThanOrEqualTo(25));
		}
	}

	@Test
	void subscribersUseOwnRequestAndSourceAddress() {
		try (EventServer server = EventServer.start(1)) {
			CrowdPlan plan = CrowdPlan.of(server.port(), 4, "")
				.withRequest((index) -> StreamRequest.of("/events?" + index, "token-" + index))
				.withSubscribersPerAddress(2);
			try (Crowd crowd = Crowd.open(plan, CrowdListener.noOp())) {
				assertThat(crowd.awaitOpen(4, HANG_LIMIT)).isTrue();
			}
			assertThat(server.requests()).containsExactlyInAnyOrder("127.0.0.1 /events?0 Bearer token-0",
					"127.0.0.1 /events?1 Bearer token-1", "127.0.0.2 /events?2 Bearer token-2",
					"127.0.0.2 /events?3 Bearer token-3");
		}
	}

	@Test
	void namedEventsAreCountedByReason() {
		try (EventServer server = EventServer.start(1);
				Crowd crowd = Crowd.open(CrowdPlan.of(server.port(), 3, "/ends"), CrowdListener.noOp())) {
			assertThat(crowd.await((counts) -> counts.reconnects() >= 3, HANG_LIMIT)).isTrue();

			assertThat(crowd.counts().resets()).isGreaterThanOrEqualTo(3);
			assertThat(crowd.counts().endReasons().get("drain")).isGreaterThanOrEqualTo(3);
		}
	}

	@Test
	void refusedSubscriberReconnectsAfterRetryAfter() {
		try (EventServer server = EventServer.start(1);
				Crowd crowd = Crowd.open(CrowdPlan.of(server.port(), 2, "/full-at-first"), CrowdListener.noOp())) {
			assertThat(crowd.awaitOpen(2, HANG_LIMIT)).isTrue();

			assertThat(crowd.counts().statuses()).containsEntry(429, 2L).containsEntry(200, 2L);
			assertThat(crowd.counts().reconnects()).isZero();
		}
	}

	@Test
	void subscriberWithoutReconnectStaysDisconnected() {
		try (EventServer server = EventServer.start(1);
				Crowd crowd = Crowd.open(CrowdPlan.of(server.port(), 3, "/ends").withoutReconnect(),
						CrowdListener.noOp())) {
			assertThat(crowd.await((counts) -> counts.connects() == 3 && counts.open() == 0, HANG_LIMIT)).isTrue();
			assertThat(crowd.await((counts) -> counts.connects() > 3, Duration.ofMillis(300))).isFalse();
		}
	}

	@Test
	void readRateLimitsBytesRead() {
		try (EventServer server = EventServer.start(1)) {
			CrowdPlan plan = CrowdPlan.of(server.port(), 2, "/flood")
				.withReadRate((index) -> (index == 0) ? ReadRate.NONE : ReadRate.ofBytesPerSecond(10_000));
			RecordingCrowdListener received = new RecordingCrowdListener();
			try (Crowd crowd = Crowd.open(plan, received)) {
				assertThat(crowd.await((counts) -> counts.bytes() > 5_000, HANG_LIMIT)).isTrue();

				assertThat(crowd.counts().bytes()).isLessThan(1_000_000);
				assertThat(crowd.counts().open()).isEqualTo(2);
				assertThat(received.bySubscriber).containsOnlyKeys(1);
			}
		}
	}

	private static void awaitEvents(Crowd crowd, int expected) {
		assertThat(crowd.await((counts) -> counts.events() >= expected, HANG_LIMIT)).as(crowd.counts()::toString)
			.isTrue();
	}

	private static List<String> ids(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj((n) -> "e-" + n).toList();
	}

	private static final class RecordingCrowdListener implements CrowdListener {

		private final Map<Integer, ConcurrentLinkedQueue<String>> queues = new ConcurrentHashMap<>();

		private final Map<Integer, List<String>> bySubscriber = new ConcurrentHashMap<>();

		@Override
		public void onEvent(int subscriber, EventId id, long nanos) {
			ConcurrentLinkedQueue<String> queue = this.queues.computeIfAbsent(subscriber,
					(_) -> new ConcurrentLinkedQueue<>());
			queue.add(id.toString());
			this.bySubscriber.put(subscriber, List.copyOf(queue));
		}

	}

}
