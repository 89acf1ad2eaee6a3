package lectern.web;

import java.net.SocketAddress;
import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import lectern.web.Http2RequestGuard.HeadLimits;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Puts an {@link HttpRequestGuard} and a {@link SlowRequestHandler} behind the HTTP/1.1
 * codec of each connection, and an {@link Http2RequestGuard} behind the codec of each
 * encrypted one that uses HTTP/2. An address that floods gets no connection for a while.
 */
final class HttpServerGuardCustomizer implements NettyServerCustomizer {

	private final JsonMapper mapper;

	private final HeadLimits limits;

	private final AllowedHosts hosts;

	private final Duration headTimeout;

	private final @Nullable FloodingAddresses flooding;

	HttpServerGuardCustomizer(JsonMapper mapper, HeadLimits limits, AllowedHosts hosts, Duration headTimeout,
			@Nullable FloodingAddresses flooding) {
		this.mapper = mapper;
		this.limits = limits;
		this.hosts = hosts;
		this.headTimeout = headTimeout;
		this.flooding = flooding;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((_, channel, _) -> prepare(channel));
	}

	private void prepare(Channel channel) {
		if (this.flooding != null && this.flooding.isBlocked(channel.remoteAddress())) {
			channel.close();
			return;
		}
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.context(NettyPipeline.H2OrHttp11Codec) != null) {
			pipeline.addAfter(NettyPipeline.H2OrHttp11Codec, NegotiatedProtocolGuard.NAME,
					new NegotiatedProtocolGuard(this::addGuards));
		}
		else {
			addGuards(pipeline);
		}
	}

	private void addGuards(ChannelPipeline pipeline) {
		ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
		if (codec != null) {
			FoldedHeaderDetector foldedHeaders = new FoldedHeaderDetector();
			SlowRequestHandler slowRequests = new SlowRequestHandler(this.headTimeout);
			pipeline.addBefore(codec.name(), FoldedHeaderDetector.NAME, foldedHeaders);
			pipeline.addBefore(codec.name(), SlowRequestHandler.NAME + ".bytes", slowRequests.byteDetector());
			// Behind the guard, which gives its response the form of all others.
			pipeline.addAfter(codec.name(), SlowRequestHandler.NAME, slowRequests);
			pipeline.addAfter(codec.name(), "lectern.request-guard",
					new HttpRequestGuard(this.mapper, this.limits, this.hosts, foldedHeaders));
		}
		else if (pipeline.get(NettyPipeline.H2MultiplexHandler) != null) {
			pipeline.addBefore(NettyPipeline.H2MultiplexHandler, Http2FloodLimit.NAME,
					new Http2FloodLimit(this::onFlood));
			pipeline.addBefore(NettyPipeline.H2MultiplexHandler, Http2RequestGuard.NAME,
					new Http2RequestGuard(this.mapper, this.limits, this.hosts));
		}
	}

	private void onFlood(SocketAddress client) {
		if (this.flooding != null) {
			this.flooding.add(client);
		}
	}

}
