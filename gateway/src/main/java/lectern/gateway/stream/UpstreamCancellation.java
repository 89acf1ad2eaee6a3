package lectern.gateway.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Ties a client's upstream to the client: it has one at a time, and none once its channel
 * is closed, wherever a call or its answer is on its way just then. Each step of that way
 * silently drops what it holds for who has gone, and the service would go on with it for
 * as long as a stream lasts.
 */
final class UpstreamCancellation {

	private final Disposable.Swap upstream = Disposables.swap();

	private final ChannelFutureListener closeListener = (_) -> this.upstream.dispose();

	private final Channel client;

	UpstreamCancellation(ServerHttpResponse response) {
		HttpServerResponse answer = ServerHttpResponseDecorator.getNativeResponse(response);
		Channel[] channel = new Channel[1];
		answer.withConnection((connection) -> channel[0] = connection.channel());
		this.client = channel[0];
		this.client.closeFuture().addListener(this.closeListener);
	}

	/** The request of this upstream is about to be sent. */
	void setUpstream(Connection next) {
		this.upstream.update(next);
	}

	/** The client may go on with other requests, and this one has no stream. */
	void disarm() {
		this.client.closeFuture().removeListener(this.closeListener);
	}

}
