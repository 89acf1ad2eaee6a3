package lectern.gateway.accesslog;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerState;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Puts an {@link AccessLogHandler} next to the HTTP codec of each connection, and of each
 * stream of HTTP/2, where it sees what all others have written. With TLS the protocol is
 * negotiated later, so that the codec is there when the first request is.
 */
final class AccessLogCustomizer implements NettyServerCustomizer {

	private final AccessLogWriter log;

	AccessLogCustomizer(AccessLogWriter log) {
		this.log = log;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.childObserve(this::onStateChange);
	}

	private void onStateChange(Connection connection, ConnectionObserver.State state) {
		if (state == ConnectionObserver.State.CONNECTED) {
			install(connection.channel().pipeline());
		}
		else if (state == HttpServerState.REQUEST_RECEIVED && connection instanceof HttpServerRequest request) {
			AccessLogHandler handler = install(connection.channel().pipeline());
			if (handler != null) {
				handler.expect(AnsweredRequest.of(request.method()));
			}
		}
	}

	/** Return the handler; null if there is one, or no codec yet. */
	private @Nullable AccessLogHandler install(ChannelPipeline pipeline) {
		ChannelHandlerContext ofStream = pipeline.context(NettyPipeline.H2ToHttp11Codec);
		ChannelHandlerContext codec = (ofStream != null) ? ofStream : pipeline.context(HttpServerCodec.class);
		if (codec == null || pipeline.context(AccessLogHandler.NAME) != null) {
			return null;
		}
		AccessLogHandler handler = new AccessLogHandler(this.log);
		pipeline.addAfter(codec.name(), AccessLogHandler.NAME, handler);
		return handler;
	}

}
