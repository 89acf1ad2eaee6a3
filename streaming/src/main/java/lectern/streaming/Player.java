package lectern.streaming;

import java.time.Duration;
import java.util.List;

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
public final class Player<E> implements SmartLifecycle {

	static final int PAGE = 256;

	/** Fewer than a service has connections to its database, beside the hub's. */
	private static final int AT_ONCE = 4;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(Player.class);

	private final EventEncoder<E> encoder;

	private final Streams streams;

	private final StreamMeters meters;

	private volatile Sinks.Many<Mono<Void>> reads = reads();

	private @Nullable Disposable reading;

	/**
	 * @param stream the route's pattern, for the meters
	 */
	public Player(String stream, EventEncoder<E> encoder, Streams streams) {
		this.encoder = encoder;
		this.streams = streams;
		this.meters = streams.meters(stream);
	}

	private static Sinks.Many<Mono<Void>> reads() {
		return Sinks.many().unicast().onBackpressureBuffer();
	}

	/**
	 * Answer with a stream that ends when all has been played, or by a word that there is
	 * nothing: 204, after which an {@code EventSource} does not come back.
	 * @param holder whose it is, for the limit of each reader; null if it is nobody's
	 * @return cold; completes when the stream has begun; fails with a problem when there
	 * are too many
	 */
	public Mono<Void> serve(ServerWebExchange exchange, @Nullable String holder, Playback<E> playback) {
		if (playback.isOver()) {
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			return exchange.getResponse().setComplete();
		}
		return this.streams.serve(exchange, holder, this.meters,
				Mono.fromSupplier(() -> new Playing<>(this, playback)));
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
	Mono<List<Entry<E>>> page(Playback<E> playback, long after, Mono<Void> left) {
		return inTurn(playback.past().read(after, playback.to().position(), PAGE).collectList().timeout(PATIENCE),
				left);
	}

	/** Make of a page what will be written. */
	List<Bar> bars(List<Entry<E>> page, Cursor any, Tempo tempo) {
		return Bar.of(page, any, this.encoder, tempo);
	}

	private <T> Mono<T> inTurn(Mono<T> read, Mono<Void> left) {
		return Mono.defer(() -> {
			Sinks.One<T> answer = Sinks.one();
			Mono<Void> turn = read.doOnSubscribe((_) -> this.meters.replayed())
				.doOnNext(answer::tryEmitValue)
				.doOnError(answer::tryEmitError)
				.onErrorComplete()
				.takeUntilOther(left)
				.then();
			this.reads.emitNext(turn, Sinks.EmitFailureHandler.busyLooping(PATIENCE));
			return answer.asMono();
		}).doOnError((failure) -> logger.warn("A page of the past could not be read for now: {}", failure.toString()));
	}

	@Override
	public void start() {
		this.reads = reads();
		this.reading = this.reads.asFlux().flatMap((turn) -> turn, AT_ONCE).subscribe();
	}

	@Override
	public void stop() {
		if (this.reading != null) {
			this.reading.dispose();
			this.reading = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.reading != null;
	}

}
