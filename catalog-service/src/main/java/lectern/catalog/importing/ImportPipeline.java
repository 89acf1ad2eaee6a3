package lectern.catalog.importing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import lectern.catalog.importing.ImportReport.ImportState;
import lectern.web.IdleSenderTimeout;
import lectern.web.LineSplitter;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.RawLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Reads a body into the catalog under back-pressure. One buffer of the body and three
 * batches are in memory, regardless of the length of the body. The next batch is read
 * while one is written.
 */
@Component
class ImportPipeline {

	private static final Logger logger = LoggerFactory.getLogger(ImportPipeline.class);

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

	private final ImportReports reports;

	private final ImportBatchWriter writer;

	ImportPipeline(ImportReports reports, ImportBatchWriter writer) {
		this.reports = reports;
		this.writer = writer;
	}

	/**
	 * Import a body.
	 * @param reader a new reader, for this body only
	 * @param language of the books, a BCP 47 tag; null if unknown
	 * @param source the name of the body; null if the client gave none
	 * @param body the content; its buffers are released
	 * @param abort ends the body early by an error
	 * @return a cold publisher of the final report; if the body fails, the lines received
	 * so far are written, the import is marked as failed, and then the publisher fails
	 * with the error of the body; fails with a problem if the database stays unavailable
	 */
	Mono<ImportReport> run(LineReader reader, @Nullable String language, @Nullable String source, Flux<DataBuffer> body,
			Mono<Void> abort) {
		return this.reports.start(language, source)
			.flatMap((id) -> write(id, reader, lines(body, abort))
				.then(Mono.defer(() -> this.reports.finish(id, ImportState.DONE).retryWhen(retryPolicy())))
				.onErrorResume((failure) -> fail(id, failure))
				.then(Mono.defer(() -> this.reports.find(id))));
	}

	private Mono<Void> write(String id, LineReader reader, Flux<List<RawLine>> body) {
		return Mono.defer(() -> {
			AtomicReference<@Nullable Throwable> bodyFailure = new AtomicReference<>();
			// Parsing is CPU work, which must not occupy an event loop.
			return body.onErrorResume((failure) -> {
				bodyFailure.set(failure);
				return Flux.empty();
			})
				.publishOn(Schedulers.boundedElastic(), 1)
				.flatMapIterable((lines) -> lines, 1)
				.mapNotNull(reader::read)
				.bufferUntil(new BatchBoundary(reader.batchSize()))
				.concatMap((lines) -> this.writer.write(id, lines).retryWhen(retryPolicy()), 1)
				.then(Mono.defer(() -> {
					Throwable failure = bodyFailure.get();
					return (failure != null) ? Mono.error(failure) : Mono.empty();
				}));
		});
	}

	/** If the body fails, its incomplete last line is dropped. */
	private static Flux<List<RawLine>> lines(Flux<DataBuffer> body, Mono<Void> abort) {
		return Flux.defer(() -> {
			LineSplitter splitter = new LineSplitter();
			return IdleSenderTimeout.apply(body.map(splitter::lines), IDLE_TIMEOUT)
				.takeUntilOther(abort)
				.concatWith(Mono.fromSupplier(splitter::lastLine));
		});
	}

	private <T> Mono<T> fail(String id, Throwable failure) {
		logger.warn("Import {} failed: {}", id, failure.getMessage());
		return this.reports.finish(id, ImportState.FAILED).retryWhen(retryPolicy()).onErrorResume((notStored) -> {
			logger.warn("Import {} could not be marked as failed; the next check of the heartbeats does it: {}", id,
					notStored.getMessage());
			return Mono.empty();
		}).then(Mono.error(failure));
	}

	private static Retry retryPolicy() {
		return Retry.backoff(5, Duration.ofMillis(200))
			.maxBackoff(Duration.ofSeconds(5))
			.jitter(0.5)
			.filter(ImportBatchWriter::isTransient)
			.onRetryExhaustedThrow((_, last) -> {
				logger.warn("An import ends because the database is not available: {}", last.failure().getMessage());
				return Problem.of(ProblemType.UNAVAILABLE,
						"The catalog cannot reach its database. The lines written before are kept; send all of them again later.")
					.withHeader(HttpHeaders.RETRY_AFTER, "10");
			});
	}

}
