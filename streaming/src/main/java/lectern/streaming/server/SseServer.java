package lectern.streaming.server;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import lectern.streaming.sse.CloseReason;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

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
 * What all streams of a process share: how many there may be, their timer, how an answer
 * becomes a stream, and how they end.
 *
 * <p>
 * On stop every connection is told to come back and ended, spread over the time that is
 * given for it, before the web server stops. Whatever depends on this must stop in the
 * same phase: Spring counts it towards the end of this one's, which would not be awaited.
 */
public final class SseServer implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(SseServer.class);

	private static final Duration FLUSH_DELAY = Duration.ofMillis(200);

	private final StreamSettings settings;

	private final StreamAdmission admission;

	private final HeartbeatScheduler heartbeatScheduler;

	private final MeterRegistry registry;

	private volatile boolean running;

	private volatile boolean draining;

	private volatile Sinks.Empty<Void> drainSignal = Sinks.empty();

	public SseServer(StreamSettings settings, HeartbeatScheduler pulse, MeterRegistry registry) {
		this.settings = settings;
		this.admission = new StreamAdmission(settings);
		this.heartbeatScheduler = pulse;
		this.registry = registry;
	}

	/** What a stream reports about itself, by its route's pattern. */
	public StreamMeters meters(String stream) {
		return new StreamMeters(stream, this.registry);
	}

	public StreamSettings settings() {
		return this.settings;
	}

	/** Completes when streams are being ended because the process stops; hot. */
	public Mono<Void> draining() {
		return this.drainSignal.asMono();
	}

	/**
	 * Answer a request with a stream, if there is a place for it.
	 * @param holder whose it is; null for nobody's
	 * @param connection what the stream will be; not asked for where there is no place
	 * @return cold; completes when the stream has begun; fails with a problem where there
	 * is no place, or with what the connection fails with, before anything was answered
	 */
	public Mono<Void> serve(ServerWebExchange exchange, @Nullable String holder, StreamMeters meters,
			Mono<? extends SseConnection> connection) {
		return Mono.defer(() -> {
			rejectBody(exchange.getRequest());
			if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
				return respondToHead(exchange.getResponse());
			}
			StreamPermit place = this.admission.acquire(exchange.getRequest().getRemoteAddress(), holder, meters);
			return connection.flatMap((opened) -> open(exchange.getResponse(), opened, place))
				.doFinally((_) -> place.releaseUnlessTransferred());
		});
	}

	private static void rejectBody(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		if (headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			throw Problem.of(ProblemType.MALFORMED, "The request for a stream must not have content.");
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
	 * Spring settles the headers and Reactor Netty writes them; from there on the channel
	 * is the connection's. Over HTTP/1.1 the content ends with the TCP connection: then a
	 * frame is the same bytes for everybody, without a chunk's length around it.
	 */
	private Mono<Void> open(ServerHttpResponse response, SseConnection connection, StreamPermit place) {
		setStreamHeaders(response);
		HttpServerResponse answer = ServerHttpResponseDecorator.getNativeResponse(response);
		Channel channel = channel(answer);
		return response.setComplete().then(Mono.defer(() -> {
			if (!(channel instanceof Http2StreamChannel)) {
				answer.keepAlive(false).chunkedTransfer(false);
			}
			return answer.sendHeaders().then();
		})).then(Mono.defer(() -> {
			Mono<Void> begin = Mono.fromRunnable(() -> begin(channel, connection, place));
			// Headers that were written before we could wait for them leave us anywhere.
			return channel.eventLoop().inEventLoop() ? begin
					: begin.subscribeOn(Schedulers.fromExecutor(channel.eventLoop()));
		})).doOnCancel(() -> channel.eventLoop().execute(connection::abort));
	}

	/** On the event loop. */
	private void begin(Channel channel, SseConnection connection, StreamPermit place) {
		if (!connection.open(channel, this.heartbeatScheduler, NettyPipeline.HttpCodec, place)) {
			return;
		}
		if (this.draining) {
			connection.end(CloseReason.DRAIN);
		}
		else {
			Mono<Void> feed = connection.feed();
			if (feed != null) {
				feed.takeUntilOther(connection.ended()).subscribe();
			}
		}
	}

	private static Channel channel(HttpServerResponse answer) {
		Channel[] channel = new Channel[1];
		answer.withConnection((connection) -> channel[0] = connection.channel());
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

	/** Who still waits for a stream is awaited too: the web server would cut it off. */
	@Override
	public void stop(Runnable stopped) {
		boolean nobody = this.admission.isIdle();
		this.draining = true;
		this.drainSignal.tryEmitEmpty();
		long within = this.heartbeatScheduler.isEmpty() ? 0 : this.settings.drainTimeout().toMillis();
		this.heartbeatScheduler.closeAll(CloseReason.DRAIN, within);
		if (within > 0) {
			logger.info("Ending the open streams within {} ms", within);
		}
		Mono.delay(nobody ? Duration.ZERO : FLUSH_DELAY.plusMillis(within)).subscribe((_) -> {
			stop();
			stopped.run();
		});
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
