package lectern.progress.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

import lectern.progress.log.StoredEvent;
import lectern.streaming.Entry;
import lectern.streaming.postgres.Feed;

/**
 * Keeps a projection up with the log for as long as the service runs. Where it stands is
 * asked of the database again and again: a view that was dropped, rows and cursor, is
 * built anew while it is served.
 */
public final class ProjectionRunner implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ProjectionRunner.class);

	private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

	private final Projection projection;

	private final ProjectionCursors cursors;

	private final Feed<StoredEvent> feed;

	private final Clock clock;

	private final Sinks.Many<Long> reached = Sinks.many().replay().latest();

	private volatile @Nullable Instant behindSince;

	private @Nullable Disposable running;

	public ProjectionRunner(Projection projection, ProjectionCursors cursors, Feed<StoredEvent> feed, Clock clock,
			MeterRegistry registry) {
		this.projection = projection;
		this.cursors = cursors;
		this.feed = feed;
		this.clock = clock;
		TimeGauge.builder(ProjectionMeter.LAG.meterName(), this::lagMillis, TimeUnit.MILLISECONDS)
			.tag("projection", projection.name())
			.register(registry);
	}

	/** Completes once the view shows the event at a position; hot, without a limit. */
	Mono<Void> reached(long position) {
		return this.reached.asFlux().filter((at) -> at >= position).next().then();
	}

	private Mono<Long> step() {
		return this.cursors.position(this.projection.name())
			.doOnNext(this.reached::tryEmitNext)
			.flatMap((from) -> this.feed.after(from)
				.next()
				.timeout(LOOK_AGAIN, Mono.empty())
				.flatMap((page) -> apply(from, page))
				.switchIfEmpty(Mono
					.defer(() -> this.cursors.advance(this.projection.name(), from, from, this.projection.idle()))));
	}

	private Mono<Long> apply(long from, List<Entry<StoredEvent>> page) {
		this.behindSince = page.getFirst().receivedAt();
		List<StoredEvent> events = page.stream().map(Entry::event).toList();
		return this.cursors
			.advance(this.projection.name(), from, page.getLast().position(), this.projection.apply(events))
			.doOnNext((position) -> {
				this.behindSince = null;
				this.reached.tryEmitNext(position);
			})
			.delayUntil((_) -> rest(page.getLast().receivedAt()));
	}

	private Mono<?> rest(Instant latest) {
		Duration rest = this.projection.rest();
		return (rest.isZero() || latest.plus(rest).isBefore(this.clock.instant())) ? Mono.empty() : Mono.delay(rest);
	}

	private long lagMillis() {
		Instant since = this.behindSince;
		return (since != null) ? Math.max(0, Duration.between(since, this.clock.instant()).toMillis()) : 0;
	}

	/** Without a limit: a view that stops following is wrong for ever. */
	@Override
	public void start() {
		this.running = Mono.defer(this::step)
			.repeat()
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
				.maxBackoff(Duration.ofSeconds(5))
				.transientErrors(true)
				.doBeforeRetry((signal) -> logger.warn("The view {} does not follow for the moment: {}",
						this.projection.name(), signal.failure().getMessage())))
			.subscribe();
	}

	@Override
	public void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

}
