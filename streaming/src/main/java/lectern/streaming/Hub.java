package lectern.streaming;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * One event stream of a service: follows the log once, keeps its latest frames in a ring,
 * and serves any number of connections from there.
 *
 * <p>
 * On stop every connection is told to come back and ended, before the web server waits
 * for its open requests.
 */
public final class Hub<E> implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Hub.class);

	private static final int RING_CAPACITY = 4096;

	private static final Duration READY_WITHIN = Duration.ofSeconds(5);

	private final PostgresLogHead head;

	private final Feed<E> feed;

	private final EventEncoder<E> encoder;

	private final Resume resume;

	private final StreamMeters meters;

	private volatile Sinks.One<Live<E>> live = Sinks.one();

	private volatile Sinks.Empty<Void> draining = Sinks.empty();

	private @Nullable Disposable following;

	/**
	 * @param stream the route's pattern, for the meters
	 * @param present the path where the present state is read when a cursor is of no use
	 */
	public Hub(String stream, String present, PostgresLogHead head, Feed<E> feed, EventEncoder<E> encoder,
			MeterRegistry registry) {
		this.head = head;
		this.feed = feed;
		this.encoder = encoder;
		this.meters = new StreamMeters(stream, registry);
		this.resume = new Resume(head, present);
	}

	/**
	 * Serve a connection from where it asks to begin until it leaves or the service
	 * stops.
	 * @return cold; completes when the stream has been ended, fails with 503 while the
	 * log cannot be read
	 */
	public Mono<Void> serve(ServerWebExchange exchange, Subscription<E> subscription) {
		return this.live.asMono()
			.timeout(READY_WITHIN, Mono.error(() -> new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE)))
			.flatMap((log) -> this.resume.start(exchange.getRequest(), log.now())
				.flatMap((start) -> serve(exchange, new Connection<>(log, start, subscription, this.meters))));
	}

	private Mono<Void> serve(ServerWebExchange exchange, Connection<E> connection) {
		ServerHttpResponse response = exchange.getResponse();
		response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
		response.getHeaders().setCacheControl(CacheControl.noStore().noTransform());
		response.getHeaders().set("X-Accel-Buffering", "no");
		DataBufferFactory buffers = response.bufferFactory();
		return response.writeAndFlushWith(connection.frames(this.draining.asMono())
			.map((burst) -> Flux.fromIterable(burst).map((frame) -> buffers.wrap(frame.bytes()))));
	}

	@Override
	public void start() {
		Sinks.One<Live<E>> started = Sinks.one();
		this.live = started;
		this.draining = Sinks.empty();
		this.following = this.head.cursor()
			.retryWhen(patiently())
			.map((cursor) -> new Live<>(cursor, new Ring<>(RING_CAPACITY, cursor.position()), this.encoder))
			.doOnNext(started::tryEmitValue)
			.flatMapMany((log) -> Flux.defer(() -> this.feed.after(log.ring().last()))
				.doOnNext((page) -> add(log, page))
				.retryWhen(patiently()))
			.subscribe();
	}

	private void add(Live<E> log, List<Entry<E>> page) {
		log.add(page);
		this.meters.fed(Duration.between(page.getFirst().receivedAt(), Instant.now()));
	}

	/** For as long as the service lives: without its log it has nothing to show. */
	private static Retry patiently() {
		return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
			.maxBackoff(Duration.ofSeconds(5))
			.transientErrors(true)
			.doBeforeRetry((signal) -> logger.warn("The log cannot be followed for the moment: {}",
					signal.failure().getMessage()));
	}

	@Override
	public void stop() {
		this.draining.tryEmitEmpty();
		if (this.following != null) {
			this.following.dispose();
			this.following = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.following != null;
	}

}
