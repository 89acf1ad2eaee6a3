package lectern.streaming;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
final class Replays<E> {

	/** Fewer than a service has connections to its database. */
	private static final int AT_ONCE = 8;

	private static final int PAGE = 256;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(Replays.class);

	private final Sinks.Many<Request<E>> requests = Sinks.many().unicast().onBackpressureBuffer();

	private final StreamMeters meters;

	Replays(StreamMeters meters) {
		this.meters = meters;
	}

	/** Ask for a page; answered once, unless the subscriber has left. */
	void ask(Request<E> request) {
		this.requests.emitNext(request, Sinks.EmitFailureHandler.busyLooping(PATIENCE));
	}

	/** Cold; serves while it is subscribed to, which it can be once. */
	Flux<Void> serve() {
		return this.requests.asFlux().flatMap(this::page, AT_ONCE);
	}

	private Mono<Void> page(Request<E> request) {
		Live<E> log = request.log();
		long upTo = log.ring().last();
		Page.Builder<E> page = new Page.Builder<>(log, request.wanted(), request.position());
		return request.past()
			.read(request.position(), upTo, PAGE)
			.takeUntil(page::add)
			.then(Mono.fromSupplier(() -> page.build(PAGE, upTo)))
			.timeout(PATIENCE)
			.doOnSubscribe((_) -> this.meters.replayed())
			.doOnNext(request.answer())
			.onErrorResume((failure) -> {
				logger.warn("A page of the log could not be read for now: {}", failure.toString());
				request.answer().accept(null);
				return Mono.empty();
			})
			.takeUntilOther(request.left())
			.then();
	}

	/**
	 * A page that is asked for.
	 *
	 * @param position what comes after it is wanted
	 * @param answer given the page, or null if the log could not be read, on any thread
	 * @param left completes when nobody wants it any more
	 */
	record Request<E>(Live<E> log, EventSource<E> past, Predicate<E> wanted, long position,
			Consumer<@Nullable Page> answer, Mono<Void> left) {
	}

}
