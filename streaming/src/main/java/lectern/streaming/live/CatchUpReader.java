package lectern.streaming.live;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

import lectern.streaming.log.EventReader;
import lectern.streaming.server.StreamMeters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Reads pages of the log for connections whose position is no longer in the ring, a few
 * at a time. Waiting requests are queued; a connection has at most one.
 */
final class CatchUpReader<E> {

	/** Less than the number of a service's database connections. */
	private static final int MAX_CONCURRENT_READS = 8;

	private static final int PAGE_SIZE = 256;

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(CatchUpReader.class);

	private final StreamMeters meters;

	private final AtomicInteger pending;

	private volatile Sinks.Many<CatchUpRequest<E>> requests = queue();

	CatchUpReader(StreamMeters meters) {
		this.meters = meters;
		this.pending = meters.pageReads(MAX_CONCURRENT_READS);
	}

	private static <T> Sinks.Many<T> queue() {
		return Sinks.many().unicast().onBackpressureBuffer();
	}

	/** Request a page; it is answered once, unless the request is cancelled. */
	void request(CatchUpRequest<E> request) {
		this.pending.incrementAndGet();
		this.requests.emitNext(request, Sinks.EmitFailureHandler.busyLooping(READ_TIMEOUT));
	}

	/** Cold; processes requests while subscribed to, by one subscriber at a time. */
	Flux<Void> processRequests() {
		return Flux.defer(() -> {
			Sinks.Many<CatchUpRequest<E>> queue = queue();
			this.requests = queue;
			return queue.asFlux();
		}).flatMap(this::readPage, MAX_CONCURRENT_READS).doFinally((_) -> this.pending.set(0));
	}

	private Mono<Void> readPage(CatchUpRequest<E> request) {
		LiveTail<E> tail = request.tail();
		long upTo = tail.ring().lastPosition();
		CatchUpPage.Builder<E> page = new CatchUpPage.Builder<>(tail, request.predicate(), request.position());
		return request.eventReader()
			.read(request.position(), upTo, PAGE_SIZE)
			.takeUntil(page::add)
			.then(Mono.fromSupplier(() -> page.build(PAGE_SIZE, upTo)))
			.timeout(READ_TIMEOUT)
			.doOnSubscribe((_) -> this.meters.replayPageRead())
			.doOnNext(request.callback())
			.onErrorResume((failure) -> {
				logger.warn("A page of the log could not be read and is requested again: {}", failure.toString());
				request.callback().accept(null);
				return Mono.empty();
			})
			.takeUntilOther(request.cancelled())
			.doFinally((_) -> this.pending.decrementAndGet())
			.then();
	}

	/**
	 * A request for a page.
	 *
	 * @param position the position before the first event of the page
	 * @param callback accepts the page, or null if the log could not be read; called on
	 * any thread
	 * @param cancelled completes when the page is no longer needed
	 */
	record CatchUpRequest<E>(LiveTail<E> tail, EventReader<E> eventReader, Predicate<E> predicate, long position,
			Consumer<@Nullable CatchUpPage> callback, Mono<Void> cancelled) {
	}

}
