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
 * Closes a client's upstream connection when the client's channel is closed. Cancelling
 * the subscription is not enough: if the client disconnects while a call is being made or
 * its response arrives, operators on the way drop the response without closing it, and
 * the service would keep its stream open to its age.
 */
final class UpstreamCancellation {

	private final Disposable.Swap upstream = Disposables.swap();

	private final ChannelFutureListener closeListener = (_) -> this.upstream.dispose();

	private final Channel client;

	UpstreamCancellation(ServerHttpResponse response) {
		HttpServerResponse nativeResponse = ServerHttpResponseDecorator.getNativeResponse(response);
		Channel[] channel = new Channel[1];
		nativeResponse.withConnection((connection) -> channel[0] = connection.channel());
		this.client = channel[0];
		this.client.closeFuture().addListener(this.closeListener);
	}

	/** Replace the upstream connection, before its request is sent. */
	void setUpstream(Connection connection) {
		this.upstream.update(connection);
	}

	/** Stop listening: there is no stream, and the channel may serve other requests. */
	void disarm() {
		this.client.closeFuture().removeListener(this.closeListener);
	}

}
