package lectern.progress.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.EventReader;
import lectern.streaming.postgreslog.LogNotifications;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Several projections over a real log, on one node and on two. */
class ProjectionRunnerIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final EventLogFixture fixture = new EventLogFixture(new EventTypes().with("happened", TestEvent.class));

	private final LogNotifications notifications = new LogNotifications(this.fixture.pool);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicInteger reads = new AtomicInteger();

	private final RecordingProjection first = new RecordingProjection("first");

	private final RecordingProjection second = new RecordingProjection("second");

	private int version;

	@BeforeEach
	void start() {
		this.fixture.execute("create table applied (projection text, number int, primary key (projection, number))");
		this.notifications.start();
	}

	@AfterEach
	void stop() {
		this.notifications.stop();
		this.fixture.close();
	}

	@Test
	void eventsDuringThrottleAreAppliedAsOneBatch() {
		append(1);
		ProjectionRunner runner = runner(Duration.ofSeconds(3));
		runner.start();
		awaitApplied(this.first, 1);
		append(5);
		awaitApplied(this.first, 6);
		runner.stop();
		assertThat(this.first.batches).containsExactly(1, 5);
	}

	@Test
	void waitingForAPositionEndsTheThrottle() {
		append(1);
		ProjectionRunner runner = runner(Duration.ofDays(1));
		runner.start();
		awaitApplied(this.first, 1);
		append(1);
		runner.reached("first", 2).block(HANG_LIMIT);
		runner.reached("second", 1).block(HANG_LIMIT);
		runner.stop();
		assertThatIllegalArgumentException().isThrownBy(() -> runner.reached("third", 1));
	}

	@Test
	void notificationsWithoutEventsOfTheProjectionsAreThrottled() {
		append(1);
		ProjectionRunner runner = new ProjectionRunner(List.of(this.first), cursors(), (_, _, _) -> {
			this.reads.incrementAndGet();
			return Flux.empty();
		}, this.notifications, Duration.ofSeconds(1), Clock.systemUTC(), this.registry);
		runner.start();
		for (int number = 0; number < 20; number++) {
			append(1);
		}
		runner.stop();
		assertThat(this.reads.get()).isLessThan(20);
	}

	@Test
	void pageIsReadOnceForAllProjections() {
		append(100);
		ProjectionRunner runner = runner(Duration.ofDays(1));
		runner.start();
		awaitApplied(this.first, 100);
		awaitApplied(this.second, 100);
		runner.stop();
		assertThat(this.reads).hasValue(1);
		assertThat(this.first.batches).containsExactly(100);
		assertThat(this.second.batches).containsExactly(100);
	}

	@Test
	void failingProjectionStopsNoOtherAndContinuesWhereItFailed() {
		this.first.failing = true;
		ProjectionRunner runner = runner(Duration.ofMillis(1));
		runner.start();
		append(1);
		awaitApplied(this.second, 1);
		append(1);
		awaitApplied(this.second, 2);
		assertThat(applied(this.first)).isZero();
		assertThat(lag("first")).isPositive();
		this.first.failing = false;
		awaitApplied(this.first, 2);
		append(1);
		awaitApplied(this.first, 3);
		runner.stop();
		assertThat(applied(this.second)).isEqualTo(3);
	}

	/** Everything is applied, and no event may come for a long time. */
	@Test
	void failureOnIdleIsNoFailureToFollowTheLog() {
		append(1);
		ProjectionRunner runner = runner(Duration.ofMillis(1));
		runner.start();
		awaitApplied(this.first, 1);
		this.first.failing = true;
		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.first.idleFailures.get() >= 2);
		assertThat(runner.failingFor(Duration.ZERO, Instant.now().plusSeconds(60))).isEmpty();
		runner.stop();
	}

	/** The update of the failing projection is rolled back with its position. */
	@Test
	void updateBeforeFailureOfAnotherProjectionIsRolledBackAndRepeated() {
		this.second.failing = true;
		ProjectionRunner runner = runner(Duration.ofMillis(1));
		runner.start();
		append(1);
		awaitApplied(this.first, 1);
		assertThat(this.first.batches).as("once together, once alone").containsExactly(1, 1);
		this.second.failing = false;
		awaitApplied(this.second, 1);
		runner.stop();
	}

	@Test
	void projectionIsRebuiltUnderLoadAndThenSharesPagesAgain() {
		append(3000);
		ProjectionRunner runner = runner(Duration.ofMillis(1));
		runner.start();
		awaitApplied(this.first, 3000);
		this.fixture.execute("""
				do $$ begin
				    delete from projection where name = 'second';
				    delete from applied where projection = 'second';
				end $$
				""");
		for (int number = 0; number < 50; number++) {
			append(1);
		}
		awaitApplied(this.second, 3050);
		awaitApplied(this.first, 3050);
		runner.reached("second", 3050).block(HANG_LIMIT);
		int readsBefore = this.reads.get();
		append(1);
		awaitApplied(this.second, 3051);
		awaitApplied(this.first, 3051);
		runner.stop();
		assertThat(this.reads.get() - readsBefore).as("pages read for one event, and at most two empty ones")
			.isLessThanOrEqualTo(3);
	}

	@Test
	void twoNodesApplyEachEventOnce() {
		ProjectionRunner runner = runner(Duration.ofMillis(1));
		ProjectionRunner other = runner(Duration.ofMillis(1));
		runner.start();
		other.start();
		for (int number = 0; number < 100; number++) {
			append(1);
		}
		runner.reached("first", 100).block(HANG_LIMIT);
		other.reached("second", 100).block(HANG_LIMIT);
		runner.stop();
		other.stop();
		// The primary key of the table refuses an event that is applied twice.
		assertThat(applied(this.first)).isEqualTo(100);
		assertThat(applied(this.second)).isEqualTo(100);
	}

	@Test
	void positionThatIsNotReachedIsWaitedFor() {
		ProjectionRunner runner = runner(Duration.ofMillis(1));
		runner.start();
		StepVerifier.create(runner.reached("first", 2))
			.then(() -> append(1))
			.then(() -> append(1))
			.expectComplete()
			.verify(HANG_LIMIT);
		runner.stop();
	}

	@Test
	void largestLagIsShown() {
		append(1);
		ProjectionRunner runner = new ProjectionRunner(List.of(this.first), cursors(), reader(), this.notifications,
				ProjectionRunner.THROTTLE, Clock.offset(Clock.systemUTC(), Duration.ofHours(1)), this.registry);
		runner.start();
		runner.reached("first", 1).block(HANG_LIMIT);
		awaitApplied(this.first, 1);
		runner.stop();
		assertThat(lag("first")).isGreaterThanOrEqualTo(3600);
	}

	private ProjectionRunner runner(Duration throttle) {
		return new ProjectionRunner(List.of(this.first, this.second), cursors(), reader(), this.notifications, throttle,
				Clock.systemUTC(), this.registry);
	}

	private ProjectionCursors cursors() {
		return new ProjectionCursors(this.fixture.database, this.fixture.transactions);
	}

	private EventReader<StoredEvent> reader() {
		EventReader<StoredEvent> all = this.fixture.log.readAll();
		return (after, upTo, limit) -> all.read(after, upTo, limit).doOnSubscribe((_) -> this.reads.incrementAndGet());
	}

	private double lag(String projection) {
		return this.registry.get("lectern.projection.lag")
			.tag("projection", projection)
			.timeGauge()
			.value(TimeUnit.SECONDS);
	}

	private void append(int count) {
		List<NewEvent> events = IntStream.range(0, count)
			.mapToObj((_) -> new NewEvent("ada", null, NOON, new TestEvent(1)))
			.toList();
		this.fixture.log.append("stream", this.version, events).block(HANG_LIMIT);
		this.version += count;
	}

	private long applied(RecordingProjection projection) {
		return Objects
			.requireNonNull(this.fixture.database.sql("select count(*) from applied where projection = :projection")
				.bind("projection", projection.name())
				.map((row) -> row.get(0, Long.class))
				.one()
				.block(HANG_LIMIT));
	}

	private void awaitApplied(RecordingProjection projection, int events) {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> applied(projection) == events);
	}

	/** An event of a registered type. */
	record TestEvent(int number) {
	}

	/** Stores the events that it applies; an event cannot be stored twice. */
	private final class RecordingProjection implements IdleProjection {

		private final String name;

		private final Queue<Integer> batches = new ConcurrentLinkedQueue<>();

		private volatile boolean failing;

		private final AtomicInteger idleFailures = new AtomicInteger();

		RecordingProjection(String name) {
			this.name = name;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public Mono<Void> apply(List<StoredEvent> events) {
			this.batches.add(events.size());
			if (this.failing) {
				return Mono.error(new IllegalStateException("The test makes it fail"));
			}
			return ProjectionRunnerIntegrationTests.this.fixture.database
				.sql("insert into applied (projection, number) select :projection, unnest(:numbers)")
				.bind("projection", this.name)
				.bind("numbers", events.stream().map(StoredEvent::version).toArray(Integer[]::new))
				.then();
		}

		@Override
		public Mono<Void> onIdle() {
			return !this.failing ? Mono.empty() : Mono.defer(() -> {
				this.idleFailures.incrementAndGet();
				return Mono.error(new IllegalStateException("The test makes it fail"));
			});
		}

		@Override
		public Mono<Void> erase(ErasedReader reader) {
			return Mono.empty();
		}

	}

}
