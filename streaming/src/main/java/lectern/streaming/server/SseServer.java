package lectern.streaming.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import lectern.streaming.sse.CloseReason;
import lectern.web.AcceptHeader;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.RequestIdFilter;
import lectern.web.RequestLog;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Turns responses into streams. All streams of a process share its limits, its timer and
 * its drain.
 *
 * <p>
 * On stop all connections are told to reconnect and are ended within the drain timeout,
 * before the web server stops. Beans that depend on this one must stop in the same phase:
 * Spring does not wait for the end of this phase for a dependent bean of another phase.
 */
public final class SseServer implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(SseServer.class);

	private static final Duration FLUSH_DELAY = Duration.ofMillis(200);

	private final Duration drainTimeout;

	private final StreamAdmission admission;

	private final ConnectionTicker connectionTicker;

	private final MeterRegistry registry;

	private final StreamEndListener endListener;

	private volatile boolean running;

	private volatile boolean draining;

	private volatile Sinks.Empty<Void> drainSignal = Sinks.empty();

	SseServer(StreamSettings settings, ConnectionTicker connectionTicker, MeterRegistry registry,
			StreamEndListener endListener) {
		this.drainTimeout = settings.drainTimeout();
		this.admission = new StreamAdmission(settings);
		this.connectionTicker = connectionTicker;
		this.registry = registry;
		this.endListener = endListener;
		StreamMeter.SUBSCRIBERS_LIMIT.gauge(registry, settings::maxConnections);
	}

	/**
	 * Register the meters of a stream.
	 * @param stream the route's pattern
	 */
	public StreamMeters meters(String stream) {
		return new StreamMeters(stream, this.registry);
	}

	/**
	 * Register the meters of what feeds a stream.
	 * @param stream the route's pattern
	 */
	public FeedMeters feedMeters(String stream) {
		return new FeedMeters(stream, this.registry);
	}

	/** Completes when streams are being ended because the process stops; hot. */
	public Mono<Void> draining() {
		return this.drainSignal.asMono();
	}

	/**
	 * Respond to a request with a stream.
	 * @param reader the owner of the stream, for the limit per reader; null if the stream
	 * is not a reader's
	 * @param session the session with which the stream ends; null if it is public
	 * @param connection emits the connection; not subscribed to if a limit is reached
	 * @return cold; completes when the stream has begun; fails before the response has
	 * begun, with a problem if a limit is reached, if the permission ends at once or if
	 * the client does not accept streams, or with the error of the connection
	 */
	public Mono<Void> serve(ServerWebExchange exchange, @Nullable String reader, @Nullable TokenSession session,
			StreamMeters meters, Mono<? extends SseConnection> connection) {
		return serve(exchange, session, connection, () -> admit(exchange, reader, meters));
	}

	/** A response to HEAD opens no stream, but has the same headers. */
	private @Nullable StreamPermit admit(ServerWebExchange exchange, @Nullable String reader, StreamMeters meters) {
		InetSocketAddress address = exchange.getRequest().getRemoteAddress();
		try {
			return isHead(exchange) ? null : this.admission.acquire(address, reader, meters);
		}
		finally {
			this.admission.addQuotas(address, reader, exchange.getResponse().getHeaders());
		}
	}

	private static boolean isHead(ServerWebExchange exchange) {
		return exchange.getRequest().getMethod() == HttpMethod.HEAD;
	}

	/**
	 * Respond to another service with a stream, otherwise as above. The limits, which
	 * clients reach, do not apply to it.
	 */
	public Mono<Void> serveInternal(ServerWebExchange exchange, StreamMeters meters,
			Mono<? extends SseConnection> connection) {
		return serve(exchange, null, connection,
				() -> isHead(exchange) ? null : this.admission.acquireInternal(meters));
	}

	private Mono<Void> serve(ServerWebExchange exchange, @Nullable TokenSession session,
			Mono<? extends SseConnection> connection, Supplier<@Nullable StreamPermit> admitted) {
		return Mono.defer(() -> {
			rejectBody(exchange.getRequest());
			AcceptHeader.require(exchange.getRequest(), MediaType.TEXT_EVENT_STREAM);
			rejectEndedSession(session);
			StreamPermit permit = admitted.get();
			if (permit == null) {
				return respondToHead(exchange.getResponse());
			}
			return connection.flatMap((created) -> open(exchange.getResponse(), created, permit))
				.doFinally((_) -> permit.releaseUnlessTransferred());
		});
	}

	private static void rejectBody(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		if (headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			throw Problem.of(ProblemType.MALFORMED, "The request for a stream must not have content.");
		}
	}

	/** Its stream would end at once, and its client would reconnect again and again. */
	private static void rejectEndedSession(@Nullable TokenSession session) {
		if (session != null && ConnectionTimeouts.isOver(session.end())) {
			throw Problem.of(ProblemType.UNAUTHENTICATED, "The session has ended.")
				.withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
	}

	private static Mono<Void> respondToHead(ServerHttpResponse response) {
		setStreamHeaders(response);
		return response.setComplete();
	}

	private static void setStreamHeaders(ServerHttpResponse response) {
		response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
		response.getHeaders().setCacheControl(CacheControl.noStore().noTransform());
		response.getHeaders().set("X-Accel-Buffering", "no");
	}

	/**
	 * Spring completes the headers and Reactor Netty writes them; after that the channel
	 * belongs to the connection. Over HTTP/1.1 the body ends with the TCP connection, so
	 * that a frame has the same bytes for all clients, without chunk lengths.
	 */
	private Mono<Void> open(ServerHttpResponse response, SseConnection connection, StreamPermit permit) {
		setStreamHeaders(response);
		HttpServerResponse nativeResponse = ServerHttpResponseDecorator.getNativeResponse(response);
		Channel channel = channel(nativeResponse);
		return response.setComplete().then(Mono.defer(() -> {
			if (!(channel instanceof Http2StreamChannel)) {
				nativeResponse.keepAlive(false).chunkedTransfer(false);
			}
			reportEnd(connection, response);
			return nativeResponse.sendHeaders().then();
		})).then(Mono.defer(() -> {
			Mono<Void> begin = Mono.fromRunnable(() -> begin(channel, connection, permit, requestId(response)));
			// If the headers were already written at the subscription, this can be any
			// thread.
			return channel.eventLoop().inEventLoop() ? begin
					: begin.subscribeOn(Schedulers.fromExecutor(channel.eventLoop()));
		})).doOnCancel(() -> channel.eventLoop().execute(connection::abort));
	}

	private void reportEnd(SseConnection connection, ServerHttpResponse response) {
		if (this.endListener != StreamEndListener.NONE) {
			connection.reportEnd(requestId(response), this.endListener);
		}
	}

	private static String requestId(ServerHttpResponse response) {
		return Objects.requireNonNullElse(response.getHeaders().getFirst(RequestIdFilter.HEADER), "-");
	}

	/** Begin the stream, on the event loop. */
	private void begin(Channel channel, SseConnection connection, StreamPermit permit, String requestId) {
		if (!connection.open(channel, this.connectionTicker, NettyPipeline.HttpCodec, permit)) {
			return;
		}
		if (this.draining) {
			connection.end(CloseReason.DRAIN);
		}
		else {
			startFeed(connection, requestId);
		}
	}

	/**
	 * Subscribe to the feed of a connection, if it has one, until the connection ends.
	 */
	static void startFeed(SseConnection connection, String requestId) {
		Mono<Void> feed = connection.feed();
		if (feed != null) {
			feed.takeUntilOther(connection.ended()).subscribe((_) -> {
			}, (failure) -> connection.eventLoop().execute(() -> {
				logger.atError()
					.addKeyValue(RequestLog.ID, requestId)
					.setCause(failure)
					.log("A feed of {} has failed; its connection is closed", connection.stream());
				connection.end(CloseReason.ERROR);
			}), null, Context.of(RequestLog.ID_KEY, requestId));
		}
	}

	private static Channel channel(HttpServerResponse response) {
		Channel[] channel = new Channel[1];
		response.withConnection((connection) -> channel[0] = connection.channel());
		return channel[0];
	}

	@Override
	public void start() {
		if (this.draining) {
			this.drainSignal = Sinks.empty();
			this.draining = false;
		}
		this.running = true;
	}

	/**
	 * Also waits for requests whose stream has not begun yet: the web server would cut
	 * them off.
	 */
	@Override
	public void stop(Runnable callback) {
		boolean idle = this.admission.isIdle();
		this.draining = true;
		this.drainSignal.tryEmitEmpty();
		long maxDelayMillis = this.connectionTicker.isEmpty() ? 0 : this.drainTimeout.toMillis();
		this.connectionTicker.endAll(CloseReason.DRAIN, maxDelayMillis);
		if (maxDelayMillis > 0) {
			logger.info("Ending the open streams within {} ms", maxDelayMillis);
		}
		Mono.delay(idle ? Duration.ZERO : FLUSH_DELAY.plusMillis(maxDelayMillis)).doFinally((_) -> {
			stop();
			callback.run();
		}).subscribe((_) -> {
		}, (failure) -> logger.error("The drain of the streams was cut short", failure));
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
