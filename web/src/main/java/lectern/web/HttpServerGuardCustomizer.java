package lectern.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.util.unit.DataSize;

/** Puts an {@link HttpRequestGuard} behind the HTTP/1.1 codec of each connection. */
final class HttpServerGuardCustomizer implements NettyServerCustomizer {

	private final JsonMapper mapper;

	private final DataSize maxHeaderSize;

	HttpServerGuardCustomizer(JsonMapper mapper, DataSize maxHeaderSize) {
		this.mapper = mapper;
		this.maxHeaderSize = maxHeaderSize;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((_, channel, _) -> addGuard(channel));
	}

	private void addGuard(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
		if (codec != null) {
			FoldedHeaderDetector foldedHeaders = new FoldedHeaderDetector();
			pipeline.addBefore(codec.name(), FoldedHeaderDetector.NAME, foldedHeaders);
			pipeline.addAfter(codec.name(), "lectern.request-guard",
					new HttpRequestGuard(this.mapper, this.maxHeaderSize, foldedHeaders));
		}
	}

}
