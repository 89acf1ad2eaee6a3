package lectern.progress.canary;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import lectern.progress.eventlog.CanaryLog;
import lectern.streaming.sse.SseEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.SmartLifecycle;

/**
 * Sends canaries and receives them. Both go on for as long as the service runs, each
 * whatever becomes of the other: so a stream that was interrupted shows how long its
 * events have waited.
 */
final class Canary implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Canary.class);

	private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(15);

	/** At a start the gateway is not there yet. */
	private static final int FAILURES_BEFORE_WARNING = 5;

	/** Longer than the commit of a batch may take. */
	private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(20);

	private static final int SENT_PER_CLEANUP = 12;

	private final String process = UUID.randomUUID().toString();

	private final CanaryLog log;

	private final CanaryStream stream;

	private final Duration interval;

	private final CanaryRecorder meters;

	private final JsonMapper mapper;

	private final Clock clock;

	private @Nullable Disposable subscription;

	Canary(CanaryLog log, CanaryStream stream, Duration interval, CanaryRecorder meters, JsonMapper mapper,
			Clock clock) {
		this.log = log;
		this.stream = stream;
		this.interval = interval;
		this.meters = meters;
		this.mapper = mapper;
		this.clock = clock;
	}

	/** One canary at a time; those that are due meanwhile are left out. */
	private Flux<Void> send() {
		return Flux.interval(this.interval).onBackpressureDrop().concatMap(this::sendOne, 0);
	}

	private Mono<Void> sendOne(long number) {
		Mono<?> cleanup = (number % SENT_PER_CLEANUP == 0) ? this.log.removeOld() : Mono.empty();
		return Mono.defer(() -> this.log.append(this.process, this.clock.instant()))
			.then(cleanup)
			.timeout(APPEND_TIMEOUT)
			.onErrorResume((failure) -> {
				logger.debug("A canary was not sent: {}", failure.toString());
				this.meters.failed(CanaryStep.APPEND);
				return Mono.empty();
			})
			.then();
	}

	private Flux<SseEvent> receive() {
		return Flux.defer(this::receiveUntilEnd)
			.repeatWhen((ends) -> ends.concatMap((_) -> Mono.delay(pause())))
			.retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_BACKOFF)
				.maxBackoff(MAX_BACKOFF)
				.transientErrors(true)
				.doBeforeRetry((signal) -> {
					if (signal.totalRetriesInARow() == FAILURES_BEFORE_WARNING) {
						logger.warn("The canary cannot be received from the gateway, and is tried again: {}",
								signal.failure().toString());
					}
				}));
	}

	private Flux<SseEvent> receiveUntilEnd() {
		AtomicBoolean open = new AtomicBoolean();
		return this.stream.open().doOnNext((event) -> {
			open.set(true);
			onEvent(event);
		}).doOnError((_) -> this.meters.failed(open.get() ? CanaryStep.STREAM : CanaryStep.CONNECT));
	}

	private static Duration pause() {
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(200, 1_200));
	}

	/** Other processes have canaries in the same stream. */
	private void onEvent(SseEvent event) {
		if (event.isLogEvent()) {
			JsonNode json = this.mapper.readTree(event.dataText());
			if (this.process.equals(json.path("data").path("process").asString(""))) {
				this.meters.returned(Instant.parse(json.path("occurredAt").asString()));
			}
		}
	}

	@Override
	public void start() {
		this.subscription = Disposables.composite(send().subscribe((_) -> {
		}, (failure) -> logger.error("Canaries are not sent any more", failure)), receive().subscribe((_) -> {
		}, (failure) -> logger.error("Canaries are not received any more", failure)));
	}

	@Override
	public void stop() {
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

}
