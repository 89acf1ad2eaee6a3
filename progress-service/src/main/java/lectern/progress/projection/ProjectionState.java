package lectern.progress.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What the runner of a projection knows about it. Written by one thread at a time, read
 * by any.
 */
final class ProjectionState {

	private static final Duration MIN_BACKOFF = Duration.ofMillis(100);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

	/** The meter shows the largest lag of the last 20 to 30 seconds. */
	private static final Duration LAG_STEP = Duration.ofSeconds(10);

	private static final int LAG_STEPS = 3;

	/** Longer than the time between two reads of a log in which nothing happens. */
	private static final Duration STALL_LIMIT = Duration.ofSeconds(5);

	private final Projection projection;

	private final Clock clock;

	private final Sinks.Many<Long> reached = Sinks.many().replay().latest();

	private final TimeWindowMax largestLag;

	private volatile long position = -1;

	private volatile Instant caughtUpAt;

	private volatile @Nullable Instant behindSince;

	private volatile @Nullable Instant failingSince;

	private Duration backoff = Duration.ZERO;

	private long retryAt = System.nanoTime();

	ProjectionState(Projection projection, Clock clock, MeterRegistry registry) {
		this.projection = projection;
		this.clock = clock;
		this.largestLag = new TimeWindowMax(registry.config().clock(), LAG_STEP.toMillis(), LAG_STEPS);
		this.caughtUpAt = clock.instant();
		ProjectionMeter.LAG.secondsGauge(registry, () -> lagMillis() / 1000, projection.name());
	}

	Projection projection() {
		return this.projection;
	}

	String name() {
		return this.projection.name();
	}

	/** The last position known; it may have been passed, here or on another node. */
	long position() {
		return this.position;
	}

	/** Completes when the event at a position is applied; hot, without a timeout. */
	Mono<Void> reached(long target) {
		return this.reached.asFlux().filter((at) -> at >= target).next().then();
	}

	/** Whether it is time to apply the next page: at once unless an attempt failed. */
	boolean isDue() {
		return System.nanoTime() - this.retryAt >= 0;
	}

	void beginPage(EventPage page) {
		this.behindSince = page.oldest();
	}

	/** All events up to this position are applied, by this node or by another one. */
	void moveTo(long newPosition) {
		this.position = newPosition;
		this.reached.tryEmitNext(newPosition);
	}

	/** The page was applied, or its projection was moved by another node. */
	void endPage() {
		this.largestLag.record(currentLagMillis());
		this.behindSince = null;
		this.failingSince = null;
		this.backoff = Duration.ZERO;
	}

	/**
	 * The end of the log was read, and everything up to it is applied, perhaps by another
	 * node after it has failed here.
	 */
	void markCaughtUp() {
		endPage();
		this.caughtUpAt = this.clock.instant();
	}

	/**
	 * The events after the position cannot be read. It is not known when they were
	 * received, so the lag counts from now.
	 */
	void failRead() {
		Instant now = this.clock.instant();
		this.behindSince = (this.behindSince != null) ? this.behindSince : now;
		this.failingSince = (this.failingSince != null) ? this.failingSince : now;
	}

	/** The events after the position were read, even if there are none. */
	void endRead() {
		if (this.failingSince != null && this.backoff.isZero()) {
			this.behindSince = null;
			this.failingSince = null;
		}
	}

	/** Since when events cannot be read or applied; null if they can. */
	@Nullable Instant failingSince() {
		return this.failingSince;
	}

	/** Applying the page failed; it is tried again after a pause that gets longer. */
	Duration failPage() {
		Duration doubled = this.backoff.isZero() ? MIN_BACKOFF : this.backoff.multipliedBy(2);
		this.backoff = (doubled.compareTo(MAX_BACKOFF) < 0) ? doubled : MAX_BACKOFF;
		this.retryAt = System.nanoTime() + this.backoff.toNanos();
		this.failingSince = (this.failingSince != null) ? this.failingSince : this.clock.instant();
		return this.backoff;
	}

	private double lagMillis() {
		return Math.max(Math.max(currentLagMillis(), stallMillis()), this.largestLag.poll());
	}

	private long currentLagMillis() {
		Instant since = this.behindSince;
		return (since != null) ? millisSince(since) : 0;
	}

	/** A step that hangs, or cannot ask for the position, knows of no event. */
	private long stallMillis() {
		long unknown = millisSince(this.caughtUpAt);
		return (unknown > STALL_LIMIT.toMillis()) ? unknown : 0;
	}

	private long millisSince(Instant since) {
		return Math.max(0, Duration.between(since, this.clock.instant()).toMillis());
	}

}
