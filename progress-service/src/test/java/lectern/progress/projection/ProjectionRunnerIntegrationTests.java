package lectern.progress.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.LogFollower;
import lectern.streaming.postgreslog.LogNotifications;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class ProjectionRunnerIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final EventLogFixture fixture = new EventLogFixture(new EventTypes().with("happened", TestEvent.class));

	private final LogNotifications notifications = new LogNotifications(this.fixture.pool);

	private int version;

	@BeforeEach
	void start() {
		this.notifications.start();
	}

	@AfterEach
	void stop() {
		this.notifications.stop();
		this.fixture.close();
	}

	@Test
	void eventsDuringThrottleAreAppliedAsOneBatch() {
		RecordingProjection projection = new RecordingProjection(Duration.ofSeconds(3));
		ProjectionRunner runner = runner(projection, Clock.systemUTC());
		runner.start();
		append();
		await(projection, 1);
		for (int number = 0; number < 5; number++) {
			append();
		}
		await(projection, 6);
		runner.stop();
		assertThat(projection.sizes).containsExactly(1, 5);
	}

	@Test
	void laggingProjectionIsNotThrottled() {
		RecordingProjection projection = new RecordingProjection(Duration.ofDays(1));
		ProjectionRunner runner = runner(projection,
				Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC));
		runner.start();
		append();
		await(projection, 1);
		append();
		await(projection, 2);
		runner.stop();
	}

	private ProjectionRunner runner(Projection projection, Clock clock) {
		return new ProjectionRunner(projection, new ProjectionCursors(this.fixture.database, this.fixture.transactions),
				new LogFollower<>(this.fixture.log.readAll(), this.notifications), clock, new SimpleMeterRegistry());
	}

	private void append() {
		this.fixture.log.append("stream", this.version++, List.of(new NewEvent("ada", null, NOON, new TestEvent(1))))
			.block(HANG_LIMIT);
	}

	private static void await(RecordingProjection projection, int events) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> projection.sizes.stream().mapToInt(Integer::intValue).sum() == events);
	}

	/** An event of a registered type. */
	record TestEvent(int number) {
	}

	/** Records the number of events of each update. */
	private static final class RecordingProjection implements Projection {

		private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

		private final Duration throttle;

		RecordingProjection(Duration throttle) {
			this.throttle = throttle;
		}

		@Override
		public String name() {
			return "recording";
		}

		@Override
		public Duration throttle() {
			return this.throttle;
		}

		@Override
		public Mono<Void> apply(List<StoredEvent> events) {
			return Mono.fromRunnable(() -> this.sizes.add(events.size()));
		}

	}

}
