package lectern.web;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Tells whether anybody waits for a response. Who handles a request sees only that its
 * content has failed, in the same way as when another service has.
 */
public final class ClientConnection {

	private static final AttributeKey<Boolean> OVER = AttributeKey.valueOf("lectern.client-is-over");

	private ClientConnection() {
	}

	/** The client has left, or the HTTP server has answered it and closes. */
	static void markOver(Channel channel) {
		channel.attr(OVER).set(true);
	}

	/** Whether nothing can be sent to the client any more. */
	public static boolean isOver(HttpServerResponse response) {
		boolean[] over = new boolean[1];
		response.withConnection((connection) -> over[0] = isOver(connection.channel()));
		return over[0];
	}

	private static boolean isOver(Channel channel) {
		return !channel.isActive() || Boolean.TRUE.equals(channel.attr(OVER).get());
	}

}
