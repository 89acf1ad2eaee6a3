package lectern.progress.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.BackgroundLoop;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.LogFollower;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Applies the events of the log to a projection while the service runs. The position is
 * read from the database before each page, so that a read model whose rows and position
 * were deleted is rebuilt while it is served.
 */
public final class ProjectionRunner extends BackgroundLoop {

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

	private final Projection projection;

	private final ProjectionCursors cursors;

	private final LogFollower<StoredEvent> feed;

	private final Clock clock;

	private final Sinks.Many<Long> reached = Sinks.many().replay().latest();

	private volatile @Nullable Instant behindSince;

	public ProjectionRunner(Projection projection, ProjectionCursors cursors, LogFollower<StoredEvent> feed,
			Clock clock, MeterRegistry registry) {
		super("The projection " + projection.name() + " cannot follow the log");
		this.projection = projection;
		this.cursors = cursors;
		this.feed = feed;
		this.clock = clock;
		TimeGauge.builder(ProjectionMeter.LAG.getName(), this::lagMillis, TimeUnit.MILLISECONDS)
			.tag("projection", projection.name())
			.register(registry);
	}

	/** Completes when the event at a position is applied; hot, without a timeout. */
	Mono<Void> reached(long position) {
		return this.reached.asFlux().filter((at) -> at >= position).next().then();
	}

	@Override
	protected Mono<Long> step() {
		return this.cursors.position(this.projection.name())
			.doOnNext(this.reached::tryEmitNext)
			.flatMap((from) -> this.feed.after(from)
				.next()
				.timeout(POLL_INTERVAL, Mono.empty())
				.flatMap((page) -> apply(from, page))
				.switchIfEmpty(Mono
					.defer(() -> this.cursors.advance(this.projection.name(), from, from, this.projection.onIdle()))));
	}

	private Mono<Long> apply(long from, List<EventEnvelope<StoredEvent>> page) {
		this.behindSince = page.getFirst().receivedAt();
		List<StoredEvent> events = page.stream().map(EventEnvelope::event).toList();
		return this.cursors
			.advance(this.projection.name(), from, page.getLast().position(), this.projection.apply(events))
			.doOnNext((position) -> {
				this.behindSince = null;
				this.reached.tryEmitNext(position);
			})
			.delayUntil((_) -> throttle(page.getLast().receivedAt()));
	}

	private Mono<?> throttle(Instant latest) {
		Duration pause = this.projection.throttle();
		return (pause.isZero() || latest.plus(pause).isBefore(this.clock.instant())) ? Mono.empty() : Mono.delay(pause);
	}

	private long lagMillis() {
		Instant since = this.behindSince;
		return (since != null) ? Math.max(0, Duration.between(since, this.clock.instant()).toMillis()) : 0;
	}

}
