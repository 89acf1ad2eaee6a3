package lectern.streaming.replay;

import java.time.Duration;
import java.util.List;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEncoder;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.server.SseServer;
import lectern.streaming.server.StreamMeters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * Plays parts of the past back, to any number of connections. Pages are read a few at
 * once: whoever waits for one waits in a row, and has at most one place in it.
 */
public final class ReplayService<E> implements SmartLifecycle {

	static final int PAGE_SIZE = 256;

	/** Fewer than a service has connections to its database, beside the hub's. */
	private static final int MAX_CONCURRENT_READS = 4;

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(ReplayService.class);

	private final EventEncoder<E> encoder;

	private final SseServer server;

	private final StreamMeters meters;

	private volatile Sinks.Many<Mono<Void>> readQueue = readQueue();

	private @Nullable Disposable subscription;

	/**
	 * @param stream the route's pattern, for the meters
	 */
	public ReplayService(String stream, EventEncoder<E> encoder, SseServer streams) {
		this.encoder = encoder;
		this.server = streams;
		this.meters = streams.meters(stream);
	}

	private static Sinks.Many<Mono<Void>> readQueue() {
		return Sinks.many().unicast().onBackpressureBuffer();
	}

	/**
	 * Answer with a stream that ends when all has been played, or by a word that there is
	 * nothing: 204, after which an {@code EventSource} does not come back.
	 * @param holder whose it is, for the limit of each reader; null if it is nobody's
	 * @return cold; completes when the stream has begun; fails with a problem when there
	 * are too many
	 */
	public Mono<Void> serve(ServerWebExchange exchange, @Nullable String holder, ReplayRequest<E> playback) {
		if (playback.isEmpty()) {
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			return exchange.getResponse().setComplete();
		}
		return this.server.serve(exchange, holder, this.meters,
				Mono.fromSupplier(() -> new ReplayConnection<>(this, playback)));
	}

	StreamMeters meters() {
		return this.meters;
	}

	/**
	 * Read a page.
	 * @param after the position before the first event wanted
	 * @param left completes when nobody wants it any more
	 * @return cold; fails with what the storage says
	 */
	Mono<List<EventEnvelope<E>>> readPage(ReplayRequest<E> playback, long after, Mono<Void> left) {
		return enqueueRead(playback.eventReader()
			.read(after, playback.to().position(), PAGE_SIZE)
			.collectList()
			.timeout(READ_TIMEOUT), left);
	}

	/** Make of a page what will be written. */
	List<ReplayBatch> batches(List<EventEnvelope<E>> page, Cursor any, ReplayPacing tempo) {
		return ReplayBatch.of(page, any, this.encoder, tempo);
	}

	private <T> Mono<T> enqueueRead(Mono<T> read, Mono<Void> left) {
		return Mono.defer(() -> {
			Sinks.One<T> answer = Sinks.one();
			Mono<Void> turn = read.doOnSubscribe((_) -> this.meters.replayPageRead())
				.doOnNext(answer::tryEmitValue)
				.doOnError(answer::tryEmitError)
				.onErrorComplete()
				.takeUntilOther(left)
				.then();
			this.readQueue.emitNext(turn, Sinks.EmitFailureHandler.busyLooping(READ_TIMEOUT));
			return answer.asMono();
		}).doOnError((failure) -> logger.warn("A page of the past could not be read for now: {}", failure.toString()));
	}

	@Override
	public void start() {
		this.readQueue = readQueue();
		this.subscription = this.readQueue.asFlux().flatMap((turn) -> turn, MAX_CONCURRENT_READS).subscribe();
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
