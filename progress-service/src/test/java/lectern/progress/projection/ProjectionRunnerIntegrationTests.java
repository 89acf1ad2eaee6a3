package lectern.progress.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import lectern.progress.log.EventTypes;
import lectern.progress.log.NewEvent;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.TestLog;
import lectern.streaming.postgres.Feed;
import lectern.streaming.postgres.Wakeups;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class ProjectionRunnerIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final TestLog test = new TestLog(new EventTypes().with("happened", Happened.class));

	private final Wakeups wakeups = new Wakeups(this.test.pool);

	private int version;

	@BeforeEach
	void start() {
		this.wakeups.start();
	}

	@AfterEach
	void stop() {
		this.wakeups.stop();
		this.test.close();
	}

	@Test
	void whatComesWhileItRestsIsTakenInAtOnceAfterwards() {
		Pages pages = new Pages(Duration.ofSeconds(3));
		ProjectionRunner runner = runner(pages, Clock.systemUTC());
		runner.start();
		append();
		await(pages, 1);
		for (int more = 0; more < 5; more++) {
			append();
		}
		await(pages, 6);
		runner.stop();
		assertThat(pages.sizes).containsExactly(1, 5);
	}

	@Test
	void whoIsBehindDoesNotRest() {
		Pages pages = new Pages(Duration.ofDays(1));
		ProjectionRunner runner = runner(pages, Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC));
		runner.start();
		append();
		await(pages, 1);
		append();
		await(pages, 2);
		runner.stop();
	}

	private ProjectionRunner runner(Projection projection, Clock clock) {
		return new ProjectionRunner(projection, new ProjectionCursors(this.test.database, this.test.transaction),
				new Feed<>(this.test.log.all(), this.wakeups), clock, new SimpleMeterRegistry());
	}

	private void append() {
		this.test.log.append("stream", this.version++, List.of(new NewEvent("ada", null, NOON, new Happened(1))))
			.block(HANG_LIMIT);
	}

	private static void await(Pages pages, int events) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> pages.sizes.stream().mapToInt(Integer::intValue).sum() == events);
	}

	/** What is registered as a type of event. */
	record Happened(int what) {
	}

	/** How many events it was told of at once. */
	private static final class Pages implements Projection {

		private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

		private final Duration rest;

		Pages(Duration rest) {
			this.rest = rest;
		}

		@Override
		public String name() {
			return "pages";
		}

		@Override
		public Duration rest() {
			return this.rest;
		}

		@Override
		public Mono<Void> apply(List<StoredEvent> events) {
			return Mono.fromRunnable(() -> this.sizes.add(events.size()));
		}

	}

}
