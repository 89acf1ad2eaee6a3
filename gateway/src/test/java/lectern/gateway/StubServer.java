package lectern.gateway;

import java.util.function.Consumer;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * A real HTTP server in place of a service. It can be stopped and restarted on the same
 * port.
 */
final class StubServer {

	private final Consumer<HttpServerRoutes> routes;

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private DisposableServer server;

	StubServer(Consumer<HttpServerRoutes> routes) {
		this.routes = routes;
		this.server = listen(0);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/** Stop like a killed process: all connections are closed. */
	void stop() {
		this.server.disposeNow(HANG_LIMIT);
		this.connections.close().awaitUninterruptibly(HANG_LIMIT.toMillis());
	}

	void restart() {
		this.server = listen(this.server.port());
	}

	private DisposableServer listen(int port) {
		return HttpServer.create()
			.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
			.host("127.0.0.1")
			.port(port)
			.doOnChannelInit((_, channel, _) -> this.connections.add(channel))
			.route(this.routes)
			.bindNow(HANG_LIMIT);
	}

}
