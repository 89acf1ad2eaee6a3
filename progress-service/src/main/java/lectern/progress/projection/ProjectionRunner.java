package lectern.progress.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.BackgroundLoop;
import lectern.streaming.log.ChangeSignal;
import lectern.streaming.log.EventReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Applies the events of the log to projections while the service runs. A page of the log
 * is read once and applied to all projections at its position, in one transaction. A
 * projection that fails is left behind and retried on its own, as one whose position was
 * deleted catches up on its own; both join the others where they have reached them. The
 * positions are read from the database before each page, so other nodes may run the same
 * projections. ADR 20 has the reasons and the measurements.
 */
public final class ProjectionRunner extends BackgroundLoop {

	private static final Logger logger = LoggerFactory.getLogger(ProjectionRunner.class);

	/**
	 * Short enough that read models are nearly current, long enough that under load a
	 * page has hundreds of events.
	 */
	public static final Duration THROTTLE = Duration.ofMillis(100);

	private static final int PAGE_SIZE = 1024;

	/** The number of pages after which projections at other positions have a turn. */
	private static final int MAX_PAGES = 8;

	private static final Duration IDLE_INTERVAL = Duration.ofSeconds(5);

	private final List<ProjectionState> states;

	private final CursorStore cursors;

	private final EventReader<StoredEvent> events;

	private final ChangeSignal changeSignal;

	private final Duration throttle;

	/** Completes when somebody waits for a position that is not reached. */
	private volatile Sinks.Empty<Void> demand = Sinks.empty();

	/** When the last pause ended. */
	private volatile long stepAt;

	private volatile long activeAt = System.nanoTime();

	/**
	 * @param events the events that these projections are made of
	 * @param throttle the pause after a page, so that under load many events are applied
	 * at once, which costs little more than one event. The first event after a quiet time
	 * does not wait. Nor does the page after a full one, or the next page when somebody
	 * waits for a position
	 */
	public ProjectionRunner(List<? extends Projection> projections, CursorStore cursors,
			EventReader<StoredEvent> events, ChangeSignal changeSignal, Duration throttle, Clock clock,
			MeterRegistry registry) {
		super("Projections cannot follow the log");
		this.states = projections.stream().map((each) -> new ProjectionState(each, clock, registry)).toList();
		this.cursors = cursors;
		this.events = events;
		this.changeSignal = changeSignal;
		this.throttle = throttle;
		this.stepAt = System.nanoTime() - throttle.toNanos();
	}

	/**
	 * Wait until a projection has applied the event at a position.
	 * @return hot, without a timeout
	 * @throws IllegalArgumentException if this runner does not have the projection
	 */
	public Mono<Void> reached(String projection, long position) {
		ProjectionState state = this.states.stream()
			.filter((each) -> each.name().equals(projection))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no projection " + projection));
		return Mono.defer(() -> {
			if (state.position() < position) {
				this.demand.tryEmitEmpty();
			}
			return state.reached(position);
		});
	}

	/** Wait until each projection has applied the event at a position; cold. */
	public Mono<Void> allReached(long position) {
		return Flux.fromIterable(this.states).concatMap((state) -> reached(state.name(), position)).then();
	}

	/** Delete what the projections store of a reader; cold. */
	public Mono<Void> erase(ErasedReader reader) {
		return Flux.fromIterable(this.states).concatMap((state) -> state.projection().erase(reader)).then();
	}

	/**
	 * The projections that have failed for longer than a duration, although they are
	 * tried again.
	 */
	List<String> failingFor(Duration duration, Instant now) {
		return this.states.stream().filter((state) -> {
			Instant since = state.failingSince();
			return since != null && since.plus(duration).isBefore(now);
		}).map(ProjectionState::name).toList();
	}

	@Override
	protected Mono<Integer> step() {
		// Both before reading, so that nothing that comes meanwhile is missed.
		Mono<Void> changed = this.changeSignal.next();
		Sinks.Empty<Void> nextDemand = Sinks.empty();
		this.demand = nextDemand;
		return this.cursors.positions(this.states.stream().map(ProjectionState::name).toList())
			.flatMap(this::catchUp)
			.delayUntil((largestPage) -> pause(largestPage, changed, nextDemand.asMono()));
	}

	/** Return the number of events in the largest page. */
	private Mono<Integer> catchUp(Map<String, Long> positions) {
		SortedMap<Long, List<ProjectionState>> groups = new TreeMap<>(Collections.reverseOrder());
		for (ProjectionState state : this.states) {
			Long position = positions.get(state.name());
			// It is missing if another node is just adding it.
			if (position != null) {
				state.moveTo(position);
				if (state.isDue()) {
					groups.computeIfAbsent(position, (_) -> new ArrayList<>()).add(state);
				}
			}
		}
		// The group that is ahead has the first turn, and the others must not pass it:
		// they read up to its position, so that they join it.
		AtomicLong end = new AtomicLong(Long.MAX_VALUE);
		return Flux.fromIterable(groups.entrySet())
			.concatMap((group) -> catchUp(group.getValue(), group.getKey(), end))
			.reduce(0, Math::max);
	}

	private Mono<Integer> catchUp(List<ProjectionState> group, long position, AtomicLong end) {
		boolean first = end.compareAndSet(Long.MAX_VALUE, position);
		// The next page is read while this one is applied.
		return pages(position, first ? Long.MAX_VALUE : end.get())
			.doOnError((_) -> group.forEach(ProjectionState::failRead))
			.doOnNext((_) -> group.forEach(ProjectionState::endRead))
			.concatMap((page) -> apply(group, page).thenReturn(page), 1)
			.doOnNext((page) -> markCaughtUp(group, page))
			.takeUntil((page) -> group.stream().anyMatch((state) -> state.position() != page.to()))
			.doOnNext((page) -> end.accumulateAndGet(page.to(), (known, to) -> first ? to : known))
			.map((page) -> page.events().size())
			.reduce(0, Math::max);
	}

	private Flux<EventPage> pages(long position, long upTo) {
		if (upTo <= position) {
			return Flux.empty();
		}
		AtomicLong last = new AtomicLong(position);
		return Flux.defer(() -> this.events.read(last.get(), upTo, PAGE_SIZE))
			.collectList()
			.map((page) -> EventPage.of(last.get(), page))
			.doOnNext((page) -> last.set(page.to()))
			.repeat(MAX_PAGES - 1)
			.takeUntil((page) -> page.events().size() < PAGE_SIZE);
	}

	private static void markCaughtUp(List<ProjectionState> group, EventPage page) {
		if (page.events().size() < PAGE_SIZE) {
			group.stream().filter((state) -> state.position() == page.to()).forEach(ProjectionState::markCaughtUp);
		}
	}

	/** Never fails: a projection whose update fails stays where it is. */
	private Mono<Void> apply(List<ProjectionState> group, EventPage page) {
		if (page.events().isEmpty()) {
			return Mono.empty();
		}
		group.forEach((state) -> state.beginPage(page));
		if (!page.hasOnlyCanaries()) {
			this.activeAt = System.nanoTime();
		}
		return advance(group, page).onErrorResume((failure) -> (group.size() > 1)
				? Flux.fromIterable(group).concatMap((state) -> applyAlone(state, page)).then()
				: failed(group.getFirst(), failure));
	}

	private Mono<Void> applyAlone(ProjectionState state, EventPage page) {
		return advance(List.of(state), page).onErrorResume((failure) -> failed(state, failure));
	}

	private Mono<Void> advance(List<ProjectionState> group, EventPage page) {
		return this.cursors
			.advance(group.stream().map(ProjectionState::name).toList(), page.from(), page.to(),
					Flux.fromIterable(group).concatMap((state) -> state.projection().apply(page.events())).then())
			.doOnNext((advanced) -> group.forEach((state) -> {
				if (advanced) {
					state.moveTo(page.to());
				}
				state.endPage();
			}))
			.then();
	}

	private static Mono<Void> failed(ProjectionState state, Throwable failure) {
		return Mono.fromRunnable(() -> {
			Duration pause = state.failPage();
			logger.warn("The projection {} cannot follow the log, retrying in {} ms: {}", state.name(),
					pause.toMillis(), failure.getMessage());
		});
	}

	/** It is tried again when the next idle time ends; no event waits for it. */
	private static Mono<Void> failedOnIdle(ProjectionState state, Throwable failure) {
		return Mono.fromRunnable(() -> logger.warn("The projection {} cannot do what it does when idle: {}",
				state.name(), failure.getMessage()));
	}

	private Mono<?> pause(int largestPage, Mono<Void> changed, Mono<Void> demanded) {
		if (largestPage == PAGE_SIZE) {
			return Mono.empty();
		}
		Mono<Void> next = (largestPage > 0) ? Mono.delay(this.throttle).then()
				: changed.then(Mono.defer(this::restOfThrottle));
		Mono<Void> wakeUp = Mono.firstWithSignal(next, demanded).doOnSuccess((_) -> this.stepAt = System.nanoTime());
		return (System.nanoTime() - this.activeAt < IDLE_INTERVAL.toNanos()) ? wakeUp : onIdle().then(wakeUp);
	}

	/** Many notifications may come without events of these projections. */
	private Mono<Void> restOfThrottle() {
		Duration left = this.throttle.minusNanos(System.nanoTime() - this.stepAt);
		return left.isPositive() ? Mono.delay(left).then() : Mono.empty();
	}

	private Mono<Void> onIdle() {
		this.activeAt = System.nanoTime();
		return Flux.fromIterable(this.states)
			.filter(ProjectionState::isDue)
			.concatMap(
					(state) -> (state.projection() instanceof IdleProjection idle) ? onIdle(state, idle) : Mono.empty())
			.then();
	}

	private Mono<Boolean> onIdle(ProjectionState state, IdleProjection projection) {
		return this.cursors
			.advance(List.of(state.name()), state.position(), state.position(), Mono.defer(projection::onIdle))
			.onErrorResume((failure) -> failedOnIdle(state, failure).thenReturn(false));
	}

}
