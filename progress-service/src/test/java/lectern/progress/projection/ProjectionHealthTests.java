package lectern.progress.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.EventEnvelope;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.health.contributor.Status;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What operators see of a projection while events cannot be read. */
class ProjectionHealthTests {

	private final SettableClock clock = new SettableClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private Flux<EventEnvelope<StoredEvent>> events = Flux.error(new IllegalStateException("unreadable"));

	private Mono<Void> update = Mono.empty();

	private Mono<Map<String, Long>> positions = Mono.just(Map.of("none", 0L));

	private final ProjectionRunner runner = new ProjectionRunner(List.of(new NoProjection()), new NoCursorStore(),
			(after, upTo, limit) -> this.events, Mono::empty, Duration.ZERO, this.clock, this.registry);

	private final ProjectionHealth health = new ProjectionHealth(List.of(this.runner), this.clock);

	@Test
	void unreadableEventLetsLagGrowAndReadinessFail() {
		StepVerifier.create(this.runner.step()).expectErrorMessage("unreadable").verify(HANG_LIMIT);
		assertThat(this.health.health().getStatus()).isEqualTo(Status.UP);
		this.clock.now = this.clock.now.plusSeconds(31);
		StepVerifier.create(this.runner.step()).expectErrorMessage("unreadable").verify(HANG_LIMIT);
		assertThat(this.health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(this.health.health().getDetails()).containsEntry("failing", List.of("none"));
		assertThat(lagSeconds()).isGreaterThanOrEqualTo(31);
	}

	@Test
	void readableEventsEndTheFailure() {
		StepVerifier.create(this.runner.step()).expectErrorMessage("unreadable").verify(HANG_LIMIT);
		this.clock.now = this.clock.now.plusSeconds(31);
		this.events = Flux.empty();
		StepVerifier.create(this.runner.step()).expectNext(0).expectComplete().verify(HANG_LIMIT);
		assertThat(this.health.health().getStatus()).isEqualTo(Status.UP);
		assertThat(lagSeconds()).isZero();
	}

	@Test
	void otherNodeThatAppliesWhatFailedHereEndsTheFailure() {
		Instant now = this.clock.instant();
		this.events = Flux.just(new EventEnvelope<>(1, now,
				new StoredEvent(1, "stream", 1, "ada", "happened", null, now, now, "payload")));
		this.update = Mono.error(new IllegalStateException("refused"));
		StepVerifier.create(this.runner.step()).expectNextCount(1).expectComplete().verify(HANG_LIMIT);
		this.clock.now = this.clock.now.plusSeconds(31);
		assertThat(this.health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		this.positions = Mono.just(Map.of("none", 1L));
		this.events = Flux.empty();
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> {
			this.runner.step().block(HANG_LIMIT);
			assertThat(this.health.health().getStatus()).isEqualTo(Status.UP);
		});
	}

	/** For example while no connection to the database can be had. */
	@Test
	void lagGrowsWhileThePositionIsUnknown() {
		this.positions = Mono.error(new IllegalStateException("unavailable"));
		StepVerifier.create(this.runner.step()).expectErrorMessage("unavailable").verify(HANG_LIMIT);
		this.clock.now = this.clock.now.plusSeconds(70);
		assertThat(lagSeconds()).isEqualTo(70);
		assertCaughtUp();
	}

	@Test
	void lagGrowsWhileAReadHangs() {
		this.events = Flux.never();
		Disposable hanging = this.runner.step().subscribe();
		this.clock.now = this.clock.now.plusSeconds(70);
		assertThat(lagSeconds()).isEqualTo(70);
		hanging.dispose();
		assertCaughtUp();
	}

	@Test
	void nothingIsLagWhileNothingHappens() {
		assertCaughtUp();
		this.clock.now = this.clock.now.plusSeconds(2);
		assertThat(lagSeconds()).isZero();
	}

	private void assertCaughtUp() {
		this.positions = Mono.just(Map.of("none", 0L));
		this.events = Flux.empty();
		StepVerifier.create(this.runner.step()).expectNext(0).expectComplete().verify(HANG_LIMIT);
		assertThat(lagSeconds()).isZero();
	}

	private double lagSeconds() {
		return this.registry.get("lectern.projection.lag").timeGauge().value(TimeUnit.SECONDS);
	}

	private final class NoProjection implements Projection {

		@Override
		public String name() {
			return "none";
		}

		@Override
		public Mono<Void> apply(List<StoredEvent> page) {
			return ProjectionHealthTests.this.update;
		}

		@Override
		public Mono<Void> erase(ErasedReader reader) {
			return Mono.empty();
		}

	}

	private final class NoCursorStore implements CursorStore {

		@Override
		public Mono<Map<String, Long>> positions(Collection<String> projections) {
			return ProjectionHealthTests.this.positions;
		}

		@Override
		public Mono<Boolean> advance(Collection<String> projections, long from, long to, Mono<Void> update) {
			return update.thenReturn(true);
		}

	}

	private static final class SettableClock extends Clock {

		private Instant now = Instant.parse("2026-03-01T12:00:00Z");

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
