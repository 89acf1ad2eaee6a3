package lectern.catalog.importing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Owns the running imports. Cancellation of a request ends the body of its import, not
 * the import: the lines received so far are written, and the import is marked as failed.
 */
@Component
class RunningImports implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RunningImports.class);

	private static final int MAX_CONCURRENT_IMPORTS = 4;

	private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);

	private final ImportPipeline pipeline;

	private final Semaphore permits = new Semaphore(MAX_CONCURRENT_IMPORTS);

	private final Map<Sinks.Empty<Void>, Disposable> running = new ConcurrentHashMap<>();

	private volatile boolean started;

	private @Nullable Disposable stopping;

	RunningImports(ImportPipeline pipeline) {
		this.pipeline = pipeline;
	}

	/**
	 * Run an import, see {@link ImportPipeline#run}.
	 * @return a cold publisher of the final report; its cancellation only ends the body;
	 * fails with a problem if too many imports are running
	 */
	Mono<ImportReport> run(LineReader reader, @Nullable String language, @Nullable String source,
			Flux<DataBuffer> body) {
		return Mono.defer(() -> {
			if (!this.permits.tryAcquire()) {
				return Mono.error(Problem
					.of(ProblemType.UNAVAILABLE, "Too many imports are running. Try again when one has ended.")
					.withHeader(HttpHeaders.RETRY_AFTER, "10"));
			}
			Sinks.Empty<Void> abort = Sinks.empty();
			Sinks.One<ImportReport> result = Sinks.one();
			Disposable.Swap subscription = Disposables.swap();
			this.running.put(abort, subscription);
			subscription.update(this.pipeline.run(reader, language, source, body, abort.asMono()).doFinally((_) -> {
				this.running.remove(abort);
				this.permits.release();
			}).subscribe(result::tryEmitValue, result::tryEmitError));
			return result.asMono()
				.doOnCancel(() -> abort.tryEmitError(new CancellationException("the client disconnected")));
		});
	}

	@Override
	public void start() {
		this.started = true;
	}

	/** Ends the bodies of all imports and waits until the received lines are written. */
	@Override
	public void stop(Runnable stopped) {
		this.running.keySet()
			.forEach((abort) -> abort.tryEmitError(Problem.of(ProblemType.UNAVAILABLE,
					"The catalog is shutting down. The lines written before are kept; send all of them again.")));
		this.stopping = Flux.interval(Duration.ofMillis(20))
			.takeWhile((_) -> !this.running.isEmpty())
			.take(DRAIN_TIMEOUT)
			.doFinally((_) -> {
				stop();
				stopped.run();
			})
			.subscribe((_) -> {
			}, (failure) -> logger.error("Waiting for the running imports has failed", failure));
	}

	@Override
	public void stop() {
		this.running.values().forEach(Disposable::dispose);
		this.started = false;
	}

	@Override
	public boolean isRunning() {
		return this.started;
	}

}
