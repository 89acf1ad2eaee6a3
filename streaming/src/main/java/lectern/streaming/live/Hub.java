package lectern.streaming.live;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import lectern.streaming.live.StartPositionResolver.PendingStart;
import lectern.streaming.live.StartPositionResolver.StartPosition;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventJsonEncoder;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.server.FeedMeters;
import lectern.streaming.server.RequestedStart;
import lectern.streaming.server.SseServer;
import lectern.streaming.sse.SseFrame;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;
import org.springframework.web.server.ServerWebExchange;

/**
 * A live stream: subscribes to its origin once, keeps the latest frames in a ring, and
 * serves any number of connections from it.
 */
public final class Hub<E> implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Hub.class);

	private static final int RING_CAPACITY = 4096;

	private static final long RING_BYTES = 16L * 1024 * 1024;

	/**
	 * How long a response may wait until its start is known. After that the stream begins
	 * without: proxies and clients give up if they receive nothing.
	 */
	private static final Duration START_TIMEOUT = Duration.ofMillis(500);

	private static final Retry START_RETRY_POLICY = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500))
		.maxBackoff(Duration.ofSeconds(5));

	private final EventOrigin<E> origin;

	private final EventJsonEncoder<E> encoder;

	private final Predicate<E> rewrites;

	private final SseServer server;

	private final LiveStreamContext<E> stream;

	private final StartPositionResolver startPositionResolver;

	private final EventLoopBroadcasters<E> broadcasters;

	private final CatchUpReader<E> catchUpReader;

	private final TailPublisher<E> tailPublisher;

	private final FeedMeters meters;

	private @Nullable Disposable subscription;

	/**
	 * @param stream the route's pattern, for the meters
	 * @param statePath the path of the current state, for clients whose cursor cannot be
	 * used
	 * @param keyExtractor the key by which filters with a key select an event; null for
	 * an event without one
	 */
	public Hub(String stream, String statePath, EventOrigin<E> origin, EventJsonEncoder<E> encoder,
			Function<E, @Nullable String> keyExtractor, SseServer server) {
		this(stream, statePath, origin, encoder, keyExtractor, (_) -> false, server);
	}

	/**
	 * As above, with events that change what the log has before them.
	 * @param rewrites selects these events; no frame from before such an event is sent
	 * after it, other than what is read from the log again
	 */
	public Hub(String stream, String statePath, EventOrigin<E> origin, EventJsonEncoder<E> encoder,
			Function<E, @Nullable String> keyExtractor, Predicate<E> rewrites, SseServer server) {
		this.origin = origin;
		this.rewrites = rewrites;
		this.encoder = encoder;
		this.server = server;
		this.meters = server.feedMeters(stream);
		this.stream = new LiveStreamContext<>(server.meters(stream), statePath, keyExtractor);
		this.startPositionResolver = new StartPositionResolver(origin, this.stream);
		this.tailPublisher = new TailPublisher<>(this.stream);
		this.broadcasters = new EventLoopBroadcasters<>(this.stream);
		this.catchUpReader = new CatchUpReader<>(this.stream.meters());
	}

	/**
	 * Respond with a stream that starts where the request asks. It ends when the client
	 * disconnects, at its age or the end of its session, and when the service stops.
	 * @param reader the owner of the stream, for the limit per reader; null if the stream
	 * is not a reader's
	 * @return cold; completes when the stream has begun; fails with a problem if a limit
	 * is reached, or if {@code after} is malformed or in the future
	 */
	public Mono<Void> serve(ServerWebExchange exchange, @Nullable String reader, StreamFilter<E> filter) {
		return this.server.serve(exchange, reader, filter.session(), this.stream.meters(),
				Mono.defer(() -> connection(RequestedStart.of(exchange.getRequest()), filter)));
	}

	/**
	 * The connection for a request. If the origin cannot be read in time, or the service
	 * stops meanwhile, it opens before its start is known.
	 */
	Mono<LiveConnection<E>> connection(RequestedStart requested, StreamFilter<E> filter) {
		Mono<LiveConnection<E>> started = resolve(requested).map((start) -> connection(filter, start))
			.timeout(START_TIMEOUT)
			.onErrorResume((failure) -> (failure instanceof Problem) ? Mono.error(failure) : Mono.empty());
		return Mono.firstWithSignal(started, this.server.draining().then(Mono.empty()))
			.switchIfEmpty(Mono.fromSupplier(() -> pendingConnection(filter, requested.resumable())));
	}

	private Mono<StartPosition> resolve(RequestedStart requested) {
		return this.tailPublisher.whenFilled().flatMap((tail) -> this.startPositionResolver.resolve(requested, tail));
	}

	private LiveConnection<E> pendingConnection(StreamFilter<E> filter, RequestedStart requested) {
		PendingStart start = new PendingStart(requested.id(),
				Mono.defer(() -> resolve(requested)).retryWhen(START_RETRY_POLICY));
		return new LiveConnection<>(this.stream, filter, start, this.broadcasters, this.catchUpReader);
	}

	LiveConnection<E> connection(StreamFilter<E> filter, StartPosition start) {
		return new LiveConnection<>(this.stream, filter, start, this.broadcasters, this.catchUpReader);
	}

	/** Completes once the ring has the latest events; hot. */
	public Mono<Void> filled() {
		return this.tailPublisher.whenFilled().then();
	}

	@Override
	public void start() {
		boolean restart = this.stream.tail() != null;
		int run = this.tailPublisher.beginRun();
		if (restart) {
			this.broadcasters.clear();
		}
		this.subscription = Disposables
			.composite(Flux.defer(() -> follow(run)).retryWhen(retryPolicy()).subscribe((_) -> {
			}, (failure) -> logger.error("The origin of a stream has failed and is not retried", failure)),
					this.catchUpReader.processRequests().subscribe((_) -> {
					}, (failure) -> logger.error("Reading the log for lagging connections has failed", failure)));
	}

	/**
	 * Follow the origin, after the latest event known, or from as many events before its
	 * head as the ring can hold.
	 */
	private Flux<List<EventEnvelope<E>>> follow(int run) {
		LiveTail<E> current = this.stream.tail();
		Flux<List<EventEnvelope<E>>> pages = (current != null) ? follow(current) : followFromHead(run);
		return pages.onErrorResume(EventOrigin.LogReplacedException.class, (_) -> followFromHead(run));
	}

	private Flux<List<EventEnvelope<E>>> followFromHead(int run) {
		return this.origin.head().flatMapMany((head) -> {
			long from = Math.max(0, head.position() - RING_CAPACITY);
			LiveTail<E> fresh = new LiveTail<>(head, new FrameRingBuffer<>(RING_CAPACITY, RING_BYTES, from),
					this.encoder);
			return Flux
				.concat(Mono.<List<EventEnvelope<E>>>fromRunnable(() -> publishIfFilled(run, fresh, head)),
						follow(fresh).doOnNext((_) -> publishIfFilled(run, fresh, head)))
				.doFinally((_) -> closeUnlessPublished(fresh));
		});
	}

	private Flux<List<EventEnvelope<E>>> follow(LiveTail<E> tail) {
		return this.origin.after(tail.lastCursor()).doOnNext((page) -> add(tail, page));
	}

	private void publishIfFilled(int run, LiveTail<E> fresh, Cursor head) {
		if (fresh.ring().lastPosition() >= head.position() && this.tailPublisher.publish(run, fresh)) {
			this.broadcasters.scheduleAll();
		}
	}

	/** Release the frames of a ring that was not filled up to the head. */
	private void closeUnlessPublished(LiveTail<E> fresh) {
		if (this.stream.tail() != fresh) {
			fresh.ring().close();
		}
	}

	private void add(LiveTail<E> tail, List<EventEnvelope<E>> page) {
		this.meters.logRead();
		if (page.isEmpty()) {
			return;
		}
		for (EventEnvelope<E> envelope : page) {
			if (envelope.position() > tail.ring().lastPosition()) {
				if (this.rewrites.test(envelope.event())) {
					tail.ring().clear();
				}
				tail.ring().add(envelope, frame(tail, envelope));
			}
		}
		this.broadcasters.scheduleAll();
		if (tail.isNew(page.getFirst())) {
			this.meters.recordLag(page.getFirst().receivedAt());
		}
	}

	/** Hardly any event with a key has a connection; an event without one goes to all. */
	private SseFrame frame(LiveTail<E> tail, EventEnvelope<E> envelope) {
		return (this.stream.key(envelope.event()) != null) ? tail.lazyFrame(envelope) : tail.frame(envelope);
	}

	/**
	 * Retries for as long as the service runs. A service ends each stream after some
	 * minutes; the warning is for an origin that does not come back.
	 */
	private static Retry retryPolicy() {
		return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
			.maxBackoff(Duration.ofSeconds(5))
			.transientErrors(true)
			.doBeforeRetry((signal) -> logger.atLevel((signal.totalRetriesInARow() == 0) ? Level.DEBUG : Level.WARN)
				.log("The origin of a stream cannot be followed, retrying: {}", signal.failure().getMessage()));
	}

	@Override
	public void stop() {
		this.tailPublisher.endRun();
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
		LiveTail<E> last = this.stream.tail();
		if (last != null) {
			last.ring().close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

}
