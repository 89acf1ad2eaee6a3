package lectern.streaming;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.netty.channel.EventLoop;
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
	private static final Duration READY_WITHIN = Duration.ofSeconds(30);

	private final Origin<E> origin;

	private final EventEncoder<E> encoder;

	private final Function<E, @Nullable String> keyOf;

	private final Streams streams;

	private final Resume resume;

	private final StreamMeters meters;

	private final Map<EventLoop, Audience<E>> audiences = new ConcurrentHashMap<>();

	private volatile Replays<E> replays;

	private volatile @Nullable Live<E> live;

	private volatile Sinks.One<Live<E>> filled = Sinks.one();

	private @Nullable Disposable following;

	/**
	 * @param stream the route's pattern, for the meters
	 * @param present the path where the present state is read when a cursor is of no use
	 * @param keyOf the key that subscriptions of a key want an event by; null for none
	 */
	public Hub(String stream, String present, Origin<E> origin, EventEncoder<E> encoder,
			Function<E, @Nullable String> keyOf, Streams streams) {
		this.origin = origin;
		this.encoder = encoder;
		this.keyOf = keyOf;
		this.streams = streams;
		this.meters = streams.meters(stream);
		this.resume = new Resume(origin, present);
		this.replays = new Replays<>(this.meters);
	}

	/**
	 * Answer with a stream from where it is asked to begin. It lasts until its client
	 * leaves, its age or its session ends it, or the service stops.
	 * @param holder whose it is, for the limit of each reader; null if it is nobody's
	 * @return cold; completes when the stream has begun; fails with a problem when there
	 * are too many
	 */
	public Mono<Void> serve(ServerWebExchange exchange, @Nullable String holder, Subscription<E> subscription) {
		return this.streams.serve(exchange, holder, this.meters, connection(exchange.getRequest(), subscription));
	}

	/**
	 * The connection that a request gets. An origin that cannot be read, or not in time,
	 * is no reason to refuse it, and neither is a stop while it waits.
	 */
	Mono<Connection> connection(ServerHttpRequest request, Subscription<E> subscription) {
		Mono<Connection> subscribed = ready().flatMap((log) -> this.resume.start(request, log.now()))
			.<Connection>map((start) -> new Subscriber<>(this, subscription, start))
			.timeout(READY_WITHIN)
			.doOnError((failure) -> logger.debug("A client is told to come back", failure))
			.onErrorComplete();
		return Mono.firstWithSignal(subscribed, this.streams.draining().then(Mono.empty()))
			.switchIfEmpty(Mono.fromSupplier(() -> new ComeBack(this.meters, Resume.asked(request))));
	}

	/** The log as it is followed, once its latest events are here; hot. */
	private Mono<Live<E>> ready() {
		return this.filled.asMono().map((first) -> Objects.requireNonNullElse(this.live, first));
	}

	/** Completes once the latest events are here; hot. */
	public Mono<Void> filled() {
		return this.filled.asMono().then();
	}

	/** The log as it is followed; null before the ring is filled and after the stop. */
	@Nullable Live<E> live() {
		return this.live;
	}

	/** Those on an event loop; null when nobody is served any more. */
	@Nullable Audience<E> audience(EventLoop loop) {
		Live<E> log = this.live;
		return (log == null) ? null : this.audiences.computeIfAbsent(loop, (_) -> new Audience<>(this, loop, log));
	}

	@Nullable String key(E event) {
		return this.keyOf.apply(event);
	}

	Frame.Reset reset(String reason) {
		return this.resume.because(reason);
	}

	StreamMeters meters() {
		return this.meters;
	}

	/** Read a page for a subscriber, who gets it on its event loop. */
	void replay(Subscriber<E> subscriber, Live<E> log) {
		EventLoop loop = subscriber.loop();
		this.replays
			.ask(new Replays.Request<>(log, subscriber.subscription().past(), subscriber::wants, subscriber.position(),
					(page) -> loop.execute(() -> subscriber.replayed(log, page)), subscriber.ended()));
	}

	@Override
	public void start() {
		this.replays = new Replays<>(this.meters);
		if (this.live != null) {
			// Started again. At the first start some may wait already: the server is
			// first.
			this.live = null;
			this.filled = Sinks.one();
			this.audiences.clear();
		}
		this.following = Disposables.composite(Flux.defer(this::follow).retryWhen(patiently()).subscribe(),
				this.replays.serve().subscribe());
	}

	/**
	 * Goes on after the latest event, or begins with those that the ring has room for.
	 */
	private Flux<List<Entry<E>>> follow() {
		Live<E> current = this.live;
		Flux<List<Entry<E>>> following = (current != null) ? follow(current) : begin();
		return following.onErrorResume(Origin.LogReplaced.class, (_) -> begin());
	}

	private Flux<List<Entry<E>>> begin() {
		return this.origin.head().flatMapMany((head) -> {
			long from = Math.max(0, head.position() - RING_CAPACITY);
			Live<E> fresh = new Live<>(head, new Ring<>(RING_CAPACITY, RING_BYTES, from), this.encoder);
			return Flux
				.concat(Mono.<List<Entry<E>>>fromRunnable(() -> useIfFilled(fresh, head)),
						follow(fresh).doOnNext((_) -> useIfFilled(fresh, head)))
				.doFinally((_) -> clearUnlessUsed(fresh));
		});
	}

	private Flux<List<Entry<E>>> follow(Live<E> log) {
		return this.origin.after(log.now()).doOnNext((page) -> add(log, page));
	}

	private void useIfFilled(Live<E> fresh, Cursor head) {
		Live<E> before = this.live;
		if (before != fresh && fresh.ring().last() >= head.position()) {
			this.live = fresh;
			this.filled.tryEmitValue(fresh);
			this.audiences.values().forEach(Audience::wake);
			if (before != null) {
				before.ring().clear();
			}
		}
	}

	/** What was not filled to its head is begun anew. */
	private void clearUnlessUsed(Live<E> fresh) {
		if (this.live != fresh) {
			fresh.ring().clear();
		}
	}

	private void add(Live<E> log, List<Entry<E>> page) {
		for (Entry<E> entry : page) {
			if (entry.position() > log.ring().last()) {
				log.ring().add(entry, log.frame(entry));
			}
		}
		this.audiences.values().forEach(Audience::wake);
		this.meters.fed(Duration.between(page.getFirst().receivedAt(), Instant.now()));
	}

	/** For as long as the service lives: without its origin it has nothing to show. */
	private static Retry patiently() {
		return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
			.maxBackoff(Duration.ofSeconds(5))
			.transientErrors(true)
			.doBeforeRetry((signal) -> logger.warn("The origin cannot be followed for the moment: {}",
					signal.failure().getMessage()));
	}

	@Override
	public void stop() {
		if (this.following != null) {
			this.following.dispose();
			this.following = null;
		}
		// Its place stays: who comes while the streams are being ended is told so.
		Live<E> last = this.live;
		if (last != null) {
			last.ring().clear();
		}
	}

	@Override
	public boolean isRunning() {
		return this.following != null;
	}

}
