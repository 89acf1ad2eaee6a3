package lectern.catalog.importing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import lectern.catalog.importing.ImportReport.ImportState;
import lectern.web.Problem;
import lectern.web.ProblemType;
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
 * Reads a body into the catalog, as fast as it can be written and no faster: one buffer
 * of the body and three batches are in memory, whatever the body's length. While a batch
 * is written the next one is read.
 */
@Component
class ImportPipeline {

	private static final Logger logger = LoggerFactory.getLogger(ImportPipeline.class);

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

	private final ImportReports reports;

	private final ImportBatchWriter writer;

	ImportPipeline(ImportReports imports, ImportBatchWriter batches) {
		this.reports = imports;
		this.writer = batches;
	}

	/**
	 * Read a body to its end.
	 * @param reader of its lines, for this body alone
	 * @param language of its books, a BCP 47 tag; null if it is not known
	 * @param source what it is called; null if nothing was said
	 * @param body its bytes; the buffers are released
	 * @param cut fails to end the body before its end
	 * @return cold; fails with what the body fails with, when all that had come is
	 * written and the import is recorded as failed, and with a problem while the database
	 * is away
	 */
	Mono<ImportReport> run(LineReader reader, @Nullable String language, @Nullable String source, Flux<DataBuffer> body,
			Mono<Void> cut) {
		return this.reports.start(language, source)
			.flatMap((id) -> write(id, reader, lines(body, cut))
				.then(Mono.defer(() -> this.reports.finish(id, ImportState.DONE).retryWhen(retryPolicy())))
				.onErrorResume((failure) -> fail(id, failure))
				.then(Mono.defer(() -> this.reports.find(id))));
	}

	private Mono<Void> write(String id, LineReader reader, Flux<List<RawLine>> body) {
		return Mono.defer(() -> {
			AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
			// Reading takes the time of an event loop: it is done elsewhere.
			return body.onErrorResume((failure) -> {
				failed.set(failure);
				return Flux.empty();
			})
				.publishOn(Schedulers.boundedElastic(), 1)
				.flatMapIterable((lines) -> lines, 1)
				.mapNotNull(reader::read)
				.bufferUntil(new BatchBoundary(reader.batchSize()))
				.concatMap((lines) -> this.writer.write(id, lines).retryWhen(retryPolicy()), 1)
				.then(Mono.defer(() -> {
					Throwable failure = failed.get();
					return (failure != null) ? Mono.error(failure) : Mono.empty();
				}));
		});
	}

	/** A body that is cut does not end in a line. */
	private static Flux<List<RawLine>> lines(Flux<DataBuffer> body, Mono<Void> cut) {
		return Flux.defer(() -> {
			LineSplitter splitter = new LineSplitter();
			return IdleSenderTimeout.apply(body.map(splitter::lines), IDLE_TIMEOUT)
				.takeUntilOther(cut)
				.concatWith(Mono.fromSupplier(splitter::lastLine));
		});
	}

	private <T> Mono<T> fail(String id, Throwable failure) {
		logger.warn("Import {} has failed: {}", id, failure.getMessage());
		return this.reports.finish(id, ImportState.FAILED).retryWhen(retryPolicy()).onErrorResume((unheard) -> {
			logger.warn("Import {} is called failed at the next start: {}", id, unheard.getMessage());
			return Mono.empty();
		}).then(Mono.error(failure));
	}

	private static Retry retryPolicy() {
		return Retry.backoff(5, Duration.ofMillis(200))
			.maxBackoff(Duration.ofSeconds(5))
			.jitter(0.5)
			.filter(ImportBatchWriter::isTransient)
			.onRetryExhaustedThrow((_, last) -> {
				logger.warn("An import gives up on the database: {}", last.failure().getMessage());
				return Problem.of(ProblemType.UNAVAILABLE,
						"The catalog cannot reach its database. The lines written before are kept; send all of them again later.")
					.withHeader(HttpHeaders.RETRY_AFTER, "10");
			});
	}

}
