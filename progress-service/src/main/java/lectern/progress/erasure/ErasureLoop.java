package lectern.progress.erasure;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.EventEraser;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.ReaderErased;
import lectern.progress.projection.ProjectionRunner;
import lectern.streaming.log.BackgroundLoop;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Removes what remains of readers whose accounts are deleted, in small transactions, so
 * that appends and other readers do not wait. Every step can be repeated: after a crash
 * this or another node begins the erasure again (ADR 32).
 */
@Component("repeatedErasures")
class ErasureLoop extends BackgroundLoop implements HealthIndicator {

	private static final Logger logger = LoggerFactory.getLogger(ErasureLoop.class);

	/** A tenth of a second of work for the database. */
	private static final int BATCH_SIZE = 1000;

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

	/** Shorter than a node may keep a job without a sign of life. */
	private static final Duration PROJECTION_TIMEOUT = Duration.ofSeconds(20);

	private final Erasures erasures;

	private final ErasureJobs jobs;

	private final EventLog log;

	private final EventEraser events;

	private final ProjectionRunner projectionRunner;

	private final List<ProjectionRunner> allRunners;

	private final ErasureSettings settings;

	private final Clock clock;

	private volatile boolean repeated;

	/**
	 * @param projectionRunner runs the projections that need all events; only these reach
	 * each position
	 */
	ErasureLoop(Erasures erasures, ErasureJobs jobs, EventLog log, EventEraser events,
			ProjectionRunner projectionRunner, List<ProjectionRunner> allRunners, ErasureSettings settings,
			Clock clock) {
		super("Erasures of readers do not proceed");
		this.erasures = erasures;
		this.jobs = jobs;
		this.log = log;
		this.events = events;
		this.projectionRunner = projectionRunner;
		this.allRunners = allRunners;
		this.settings = settings;
		this.clock = clock;
	}

	/** Up once nobody is left whom a restored backup has brought back. */
	@Override
	public Health health() {
		return this.repeated ? Health.up().build() : Health.outOfService().build();
	}

	@Override
	protected Publisher<?> step() {
		Mono<Void> begun = this.erasures.next();
		Mono<Boolean> worked = this.jobs.take().flatMap((job) -> run(job).thenReturn(true));
		return repeat().then(worked.switchIfEmpty(
				Mono.defer(() -> Mono.firstWithSignal(begun, Mono.delay(POLL_INTERVAL).then()).thenReturn(false))));
	}

	private Mono<Void> repeat() {
		return this.repeated ? Mono.empty() : this.erasures.repeat().doOnNext((count) -> {
			this.repeated = true;
			if (count > 0) {
				logger.info("Readers who were erased after this backup was made are erased again: {}", count);
			}
		}).then();
	}

	private Mono<Void> run(ErasureJob job) {
		Mono<ErasureJob> announced = (job.announcedPosition() != null) ? Mono.just(job)
				: this.erasures.list(job)
					.then(reached(job.position()))
					.then(erase(job))
					.then(announce())
					.flatMap((position) -> this.jobs.announced(job, position));
		return announced.flatMap(this::finish);
	}

	/**
	 * Erase again what a projection may have stored from events that it had read before.
	 * Once it has applied the announcement, it has only read stubs.
	 */
	private Mono<Void> finish(ErasureJob job) {
		Long announcedPosition = job.announcedPosition();
		return reached((announcedPosition != null) ? announcedPosition : job.position()).then(erase(job))
			.then(this.jobs.deleteAfter(job, this.settings.handleRetention()))
			.doOnNext((deleted) -> logger.info(deleted ? "The erasure of a reader is complete"
					: "The data of a reader is erased; only the handle is reserved for a while"))
			.then();
	}

	private Mono<Void> reached(long position) {
		return Mono.defer(() -> this.projectionRunner.allReached(position))
			.timeout(PROJECTION_TIMEOUT, Mono.error(() -> new IllegalStateException(
					"A projection has not applied the events of an erased reader yet")));
	}

	private Mono<Void> erase(ErasureJob job) {
		ErasedReader reader = job.reader();
		return Flux
			.concat(inBatches(job, this.events.eraseEvents(reader, BATCH_SIZE)),
					inBatches(job, this.events.eraseCommands(reader, BATCH_SIZE)), this.events.eraseClaims(reader),
					Flux.fromIterable(this.allRunners).concatMap((runner) -> runner.erase(reader)))
			.then();
	}

	private Mono<Void> inBatches(ErasureJob job, Mono<Long> batch) {
		return batch.delayUntil((_) -> this.jobs.keep(job)).repeat().takeUntil((count) -> count < BATCH_SIZE).then();
	}

	/** Return the position of the announcement; cold. */
	private Mono<Long> announce() {
		return Mono
			.defer(() -> this.log.append(ReaderErased.NOBODY + UUID.randomUUID(), 0,
					List.of(new NewEvent(ReaderErased.NOBODY, null, this.clock.instant(), new ReaderErased()))))
			.map((appended) -> appended.cursor().position());
	}

}
