package lectern.streaming.live;

import java.time.Duration;
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
 * Reads pages of the log for those who are behind the ring, a few at once: whoever waits
 * for a page waits in a row, and each has at most one place in it.
 */
final class CatchUpReader<E> {

	/** Fewer than a service has connections to its database. */
	private static final int MAX_CONCURRENT_READS = 8;

	private static final int PAGE_SIZE = 256;

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(CatchUpReader.class);

	private final Sinks.Many<CatchUpRequest<E>> requests = Sinks.many().unicast().onBackpressureBuffer();

	private final StreamMeters meters;

	CatchUpReader(StreamMeters meters) {
		this.meters = meters;
	}

	/** Ask for a page; answered once, unless the subscriber has left. */
	void request(CatchUpRequest<E> request) {
		this.requests.emitNext(request, Sinks.EmitFailureHandler.busyLooping(READ_TIMEOUT));
	}

	/** Cold; serves while it is subscribed to, which it can be once. */
	Flux<Void> processRequests() {
		return this.requests.asFlux().flatMap(this::readPage, MAX_CONCURRENT_READS);
	}

	private Mono<Void> readPage(CatchUpRequest<E> request) {
		LiveTail<E> log = request.tail();
		long upTo = log.ring().lastPosition();
		CatchUpPage.Builder<E> page = new CatchUpPage.Builder<>(log, request.predicate(), request.position());
		return request.eventReader()
			.read(request.position(), upTo, PAGE_SIZE)
			.takeUntil(page::add)
			.then(Mono.fromSupplier(() -> page.build(PAGE_SIZE, upTo)))
			.timeout(READ_TIMEOUT)
			.doOnSubscribe((_) -> this.meters.replayPageRead())
			.doOnNext(request.callback())
			.onErrorResume((failure) -> {
				logger.warn("A page of the log could not be read for now: {}", failure.toString());
				request.callback().accept(null);
				return Mono.empty();
			})
			.takeUntilOther(request.cancelled())
			.then();
	}

	/**
	 * A page that is asked for.
	 *
	 * @param position what comes after it is wanted
	 * @param callback given the page, or null if the log could not be read, on any thread
	 * @param cancelled completes when nobody wants it any more
	 */
	record CatchUpRequest<E>(LiveTail<E> tail, EventReader<E> eventReader, Predicate<E> predicate, long position,
			Consumer<@Nullable CatchUpPage> callback, Mono<Void> cancelled) {
	}

}
