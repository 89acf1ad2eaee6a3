package lectern.streaming;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * What all streams of a process share: how many there may be, their timer, and how an
 * answer becomes a stream.
 */
public final class Streams {

	private final StreamSettings settings;

	private final Places places;

	private final Pulse pulse;

	private final MeterRegistry registry;

	Streams(StreamSettings settings, Pulse pulse, MeterRegistry registry) {
		this.settings = settings;
		this.places = new Places(settings);
		this.pulse = pulse;
		this.registry = registry;
	}

	/** What a stream reports about itself, by its route's pattern. */
	public StreamMeters meters(String stream) {
		return new StreamMeters(stream, this.registry);
	}

	public StreamSettings settings() {
		return this.settings;
	}

	/**
	 * Answer a request with a stream, if there is a place for it.
	 * @param holder whose it is; null for nobody's
	 * @param connection what the stream will be; not asked for where there is no place
	 * @return cold; completes when the stream has ended; fails with a problem where there
	 * is no place, or with what the connection fails with, before anything was answered
	 */
	public Mono<Void> serve(ServerWebExchange exchange, @Nullable String holder, StreamMeters meters,
			Mono<? extends Connection> connection) {
		return Mono.defer(() -> {
			refuseContent(exchange.getRequest());
			if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
				return head(exchange.getResponse());
			}
			Runnable leave = this.places.take(exchange.getRequest().getRemoteAddress(), holder, meters);
			return connection.flatMap((opened) -> open(exchange.getResponse(), opened)).doFinally((_) -> leave.run());
		});
	}

	private static void refuseContent(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		if (headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			throw Problem.of(ProblemType.MALFORMED, "A stream takes no content.");
		}
	}

	private static Mono<Void> head(ServerHttpResponse response) {
		describe(response);
		return response.setComplete();
	}

	private static void describe(ServerHttpResponse response) {
		response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
		response.getHeaders().setCacheControl(CacheControl.noStore().noTransform());
		response.getHeaders().set("X-Accel-Buffering", "no");
	}

	/**
	 * Spring settles the headers and Reactor Netty writes them; from there on the channel
	 * is the connection's. Over HTTP/1.1 the content ends with the TCP connection: then a
	 * frame is the same bytes for everybody, without a chunk's length around it.
	 */
	private Mono<Void> open(ServerHttpResponse response, Connection connection) {
		describe(response);
		HttpServerResponse answer = ServerHttpResponseDecorator.getNativeResponse(response);
		Channel channel = channel(answer);
		return response.setComplete().then(Mono.defer(() -> {
			if (!(channel instanceof Http2StreamChannel)) {
				answer.keepAlive(false).chunkedTransfer(false);
			}
			return answer.sendHeaders().then();
		})).then(Mono.defer(() -> {
			Mono<Void> life = Mono.defer(() -> live(channel, connection));
			// Headers that were written before we could wait for them leave us anywhere.
			return channel.eventLoop().inEventLoop() ? life
					: life.subscribeOn(Schedulers.fromExecutor(channel.eventLoop()));
		}));
	}

	/** On the event loop. */
	private Mono<Void> live(Channel channel, Connection connection) {
		connection.attach(channel, this.pulse, NettyPipeline.HttpCodec);
		Mono<Void> life = connection.isOpen() ? connection.feed(connection.ended()) : connection.ended();
		return life.doOnCancel(() -> channel.eventLoop().execute(connection::abandon));
	}

	private static Channel channel(HttpServerResponse answer) {
		Channel[] channel = new Channel[1];
		answer.withConnection((connection) -> channel[0] = connection.channel());
		return channel[0];
	}

}
