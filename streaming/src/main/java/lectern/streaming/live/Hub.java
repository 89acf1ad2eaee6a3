package lectern.streaming.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.netty.channel.EventLoop;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEncoder;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.server.RetryLaterConnection;
import lectern.streaming.server.SseConnection;
import lectern.streaming.server.SseServer;
import lectern.streaming.server.StreamMeters;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * One event stream: follows its origin once, keeps the latest frames in a ring, and
 * serves any number of connections from there.
 */
public final class Hub<E> implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Hub.class);

	private static final int RING_CAPACITY = 4096;

	private static final long RING_BYTES = 16L * 1024 * 1024;

	/** How long who comes may wait for the ring or for the log. */
	private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);

	private final EventOrigin<E> origin;

	private final EventEncoder<E> encoder;

	private final Function<E, @Nullable String> keyExtractor;

	private final SseServer server;

	private final StartPositionResolver startPositionResolver;

	private final StreamMeters meters;

	private final Map<EventLoop, EventLoopBroadcaster<E>> broadcasters = new ConcurrentHashMap<>();

	private volatile CatchUpReader<E> catchUpReader;

	private volatile @Nullable LiveTail<E> tail;

	private volatile Sinks.One<LiveTail<E>> filled = Sinks.one();

	private @Nullable Disposable subscription;

	/**
	 * @param stream the route's pattern, for the meters
	 * @param present the path where the present state is read when a cursor is of no use
	 * @param keyOf the key that subscriptions of a key want an event by; null for none
	 */
	public Hub(String stream, String present, EventOrigin<E> origin, EventEncoder<E> encoder,
			Function<E, @Nullable String> keyOf, SseServer streams) {
		this.origin = origin;
		this.encoder = encoder;
		this.keyExtractor = keyOf;
		this.server = streams;
		this.meters = streams.meters(stream);
		this.startPositionResolver = new StartPositionResolver(origin, present);
		this.catchUpReader = new CatchUpReader<>(this.meters);
	}

	/**
	 * Answer with a stream from where it is asked to begin. It lasts until its client
	 * leaves, its age or its session ends it, or the service stops.
	 * @param holder whose it is, for the limit of each reader; null if it is nobody's
	 * @return cold; completes when the stream has begun; fails with a problem when there
	 * are too many
	 */
	public Mono<Void> serve(ServerWebExchange exchange, @Nullable String holder, StreamFilter<E> subscription) {
		return this.server.serve(exchange, holder, this.meters, connection(exchange.getRequest(), subscription));
	}

	/**
	 * The connection that a request gets. An origin that cannot be read, or not in time,
	 * is no reason to refuse it, and neither is a stop while it waits.
	 */
	Mono<SseConnection> connection(ServerHttpRequest request, StreamFilter<E> subscription) {
		Mono<SseConnection> subscribed = whenFilled()
			.flatMap((log) -> this.startPositionResolver.resolve(request, log.lastCursor()))
			.<SseConnection>map((start) -> new LiveConnection<>(this, subscription, start))
			.timeout(READY_TIMEOUT)
			.doOnError((failure) -> logger.debug("A client is told to come back", failure))
			.onErrorComplete();
		return Mono.firstWithSignal(subscribed, this.server.draining().then(Mono.empty()))
			.switchIfEmpty(Mono.fromSupplier(
					() -> new RetryLaterConnection(this.meters, StartPositionResolver.requestedStart(request))));
	}

	/** The log as it is followed, once its latest events are here; hot. */
	private Mono<LiveTail<E>> whenFilled() {
		return this.filled.asMono().map((first) -> Objects.requireNonNullElse(this.tail, first));
	}

	/** Completes once the latest events are here; hot. */
	public Mono<Void> filled() {
		return this.filled.asMono().then();
	}

	/** The log as it is followed; null before the ring is filled and after the stop. */
	@Nullable LiveTail<E> tail() {
		return this.tail;
	}

	/** Those on an event loop; null when nobody is served any more. */
	@Nullable EventLoopBroadcaster<E> broadcaster(EventLoop loop) {
		LiveTail<E> log = this.tail;
		return (log == null) ? null
				: this.broadcasters.computeIfAbsent(loop, (_) -> new EventLoopBroadcaster<>(this, loop, log));
	}

	@Nullable String key(E event) {
		return this.keyExtractor.apply(event);
	}

	SseFrame.Reset reset(String reason) {
		return this.startPositionResolver.resetFor(reason);
	}

	StreamMeters meters() {
		return this.meters;
	}

	/** Read a page for a subscriber, who gets it on its event loop. */
	void requestPage(LiveConnection<E> subscriber, LiveTail<E> log) {
		EventLoop loop = subscriber.eventLoop();
		this.catchUpReader.request(new CatchUpReader.CatchUpRequest<>(log, subscriber.filter().eventReader(),
				subscriber::matches, subscriber.position(),
				(page) -> loop.execute(() -> subscriber.onPageRead(log, page)), subscriber.ended()));
	}

	@Override
	public void start() {
		this.catchUpReader = new CatchUpReader<>(this.meters);
		if (this.tail != null) {
			// Started again. At the first start some may wait already: the server is
			// first.
			this.tail = null;
			this.filled = Sinks.one();
			this.broadcasters.clear();
		}
		this.subscription = Disposables.composite(Flux.defer(this::follow).retryWhen(retryPolicy()).subscribe(),
				this.catchUpReader.processRequests().subscribe());
	}

	/**
	 * Goes on after the latest event, or begins with those that the ring has room for.
	 */
	private Flux<List<EventEnvelope<E>>> follow() {
		LiveTail<E> current = this.tail;
		Flux<List<EventEnvelope<E>>> following = (current != null) ? follow(current) : followFromHead();
		return following.onErrorResume(EventOrigin.LogReplacedException.class, (_) -> followFromHead());
	}

	private Flux<List<EventEnvelope<E>>> followFromHead() {
		return this.origin.head().flatMapMany((head) -> {
			long from = Math.max(0, head.position() - RING_CAPACITY);
			LiveTail<E> fresh = new LiveTail<>(head, new FrameRingBuffer<>(RING_CAPACITY, RING_BYTES, from),
					this.encoder);
			return Flux
				.concat(Mono.<List<EventEnvelope<E>>>fromRunnable(() -> publishIfFilled(fresh, head)),
						follow(fresh).doOnNext((_) -> publishIfFilled(fresh, head)))
				.doFinally((_) -> clearUnlessPublished(fresh));
		});
	}

	private Flux<List<EventEnvelope<E>>> follow(LiveTail<E> log) {
		return this.origin.after(log.lastCursor()).doOnNext((page) -> add(log, page));
	}

	private void publishIfFilled(LiveTail<E> fresh, Cursor head) {
		LiveTail<E> before = this.tail;
		if (before != fresh && fresh.ring().lastPosition() >= head.position()) {
			this.tail = fresh;
			this.filled.tryEmitValue(fresh);
			this.broadcasters.values().forEach(EventLoopBroadcaster::schedule);
			if (before != null) {
				before.ring().clear();
			}
		}
	}

	/** What was not filled to its head is begun anew. */
	private void clearUnlessPublished(LiveTail<E> fresh) {
		if (this.tail != fresh) {
			fresh.ring().clear();
		}
	}

	private void add(LiveTail<E> log, List<EventEnvelope<E>> page) {
		for (EventEnvelope<E> entry : page) {
			if (entry.position() > log.ring().lastPosition()) {
				log.ring().add(entry, log.frame(entry));
			}
		}
		this.broadcasters.values().forEach(EventLoopBroadcaster::schedule);
		this.meters.recordFeedLag(Duration.between(page.getFirst().receivedAt(), Instant.now()));
	}

	/** For as long as the service lives: without its origin it has nothing to show. */
	private static Retry retryPolicy() {
		return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
			.maxBackoff(Duration.ofSeconds(5))
			.transientErrors(true)
			.doBeforeRetry((signal) -> logger.warn("The origin cannot be followed for the moment: {}",
					signal.failure().getMessage()));
	}

	@Override
	public void stop() {
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
		// Its place stays: who comes while the streams are being ended is told so.
		LiveTail<E> last = this.tail;
		if (last != null) {
			last.ring().clear();
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

}
