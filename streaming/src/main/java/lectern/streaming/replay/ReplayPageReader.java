package lectern.streaming.replay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import lectern.streaming.log.EventEnvelope;
import lectern.streaming.server.StreamMeters;
import lectern.web.RequestLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/**
 * Reads the pages of all replays of a stream, a few at a time. Waiting reads are queued;
 * a replay has at most one.
 */
final class ReplayPageReader<E> {

	private static final int PAGE_SIZE = 256;

	/**
	 * Less than the number of a service's database connections, also together with the
	 * reads of the hub.
	 */
	private static final int MAX_CONCURRENT_READS = 4;

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final Retry RETRY_POLICY = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500))
		.maxBackoff(Duration.ofSeconds(5))
		.transientErrors(true);

	private static final Logger logger = LoggerFactory.getLogger(ReplayPageReader.class);

	private final StreamMeters meters;

	private final AtomicInteger pending;

	private volatile Sinks.Many<Mono<Void>> reads = queue();

	ReplayPageReader(StreamMeters meters) {
		this.meters = meters;
		this.pending = meters.pageReads(MAX_CONCURRENT_READS);
	}

	private static Sinks.Many<Mono<Void>> queue() {
		return Sinks.many().unicast().onBackpressureBuffer();
	}

	/** Cold; processes queued reads while subscribed to, by one subscriber at a time. */
	Flux<Void> processReads() {
		return Flux.defer(() -> {
			Sinks.Many<Mono<Void>> queue = queue();
			this.reads = queue;
			return queue.asFlux();
		}).flatMap((read) -> read, MAX_CONCURRENT_READS).doFinally((_) -> this.pending.set(0));
	}

	/**
	 * The pages of a replay; failed reads are retried.
	 * @param cancelled completes when the pages are no longer needed
	 * @return cold; reads a page when it is requested; the last page may be empty
	 */
	Flux<List<EventEnvelope<E>>> pages(ReplayRequest<E> request, Mono<Void> cancelled) {
		return Flux.defer(() -> new PageSequence(request, cancelled).pages());
	}

	private Mono<List<EventEnvelope<E>>> readPage(ReplayRequest<E> request, long after, Mono<Void> cancelled) {
		Mono<List<EventEnvelope<E>>> read = request.eventReader()
			.read(after, request.to().position(), PAGE_SIZE)
			.collectList()
			.timeout(READ_TIMEOUT);
		return enqueue(read, cancelled)
			.onErrorResume((failure) -> Mono.deferContextual((context) -> logAndFail(context, failure)));
	}

	private static <T> Mono<T> logAndFail(ContextView context, Throwable failure) {
		logger.atWarn()
			.addKeyValue(RequestLog.ID, context.getOrDefault(RequestLog.ID_KEY, "-"))
			.log("A page of a replay could not be read, retrying: {}", failure.toString());
		return Mono.error(failure);
	}

	private <T> Mono<T> enqueue(Mono<T> read, Mono<Void> cancelled) {
		return Mono.defer(() -> {
			Sinks.One<T> result = Sinks.one();
			Mono<Void> queued = read.doOnSubscribe((_) -> this.meters.replayPageRead())
				.doOnNext(result::tryEmitValue)
				.doOnError(result::tryEmitError)
				.onErrorComplete()
				.takeUntilOther(cancelled)
				.doFinally((_) -> this.pending.decrementAndGet())
				.then();
			this.pending.incrementAndGet();
			this.reads.emitNext(queued, Sinks.EmitFailureHandler.busyLooping(READ_TIMEOUT));
			return result.asMono();
		});
	}

	/** The progress of one replay through its pages. */
	private final class PageSequence {

		private final ReplayRequest<E> request;

		private final Mono<Void> cancelled;

		private long lastPosition;

		private boolean lastPageRead;

		PageSequence(ReplayRequest<E> request, Mono<Void> cancelled) {
			this.request = request;
			this.cancelled = cancelled;
			this.lastPosition = request.from().position();
		}

		Flux<List<EventEnvelope<E>>> pages() {
			return Flux.<Boolean>generate((sink) -> {
				if (this.lastPageRead) {
					sink.complete();
				}
				else {
					sink.next(true);
				}
			}).concatMap((_) -> Mono.defer(this::nextPage).retryWhen(RETRY_POLICY), 0);
		}

		private Mono<List<EventEnvelope<E>>> nextPage() {
			return readPage(this.request, this.lastPosition, this.cancelled).doOnNext((page) -> {
				this.lastPageRead = page.size() < PAGE_SIZE;
				this.lastPosition = page.isEmpty() ? this.lastPosition : page.getLast().position();
			});
		}

	}

}
