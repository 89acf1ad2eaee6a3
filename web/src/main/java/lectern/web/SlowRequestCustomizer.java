package lectern.web;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/** Puts a {@link SlowRequestHandler} on each connection of HTTP/1.1. */
final class SlowRequestCustomizer implements NettyServerCustomizer {

	private static final String NAME = "lectern.slow-requests";

	private final Duration timeout;

	SlowRequestCustomizer(Duration timeout) {
		this.timeout = timeout;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((_, channel, _) -> addHandlers(channel));
	}

	/** Behind the guard, which gives its response the form of all others. */
	private void addHandlers(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
		ChannelHandlerContext guard = pipeline.context(HttpRequestGuard.class);
		if (codec != null) {
			SlowRequestHandler handler = new SlowRequestHandler(this.timeout);
			pipeline.addBefore(codec.name(), NAME + ".bytes", handler.byteDetector());
			pipeline.addAfter(((guard != null) ? guard : codec).name(), NAME, handler);
		}
	}

}
