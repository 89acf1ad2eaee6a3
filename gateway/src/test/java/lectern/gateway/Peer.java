package lectern.gateway;

import java.time.Duration;
import java.util.function.Consumer;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

/** A real HTTP server in a service's place, which can go away and come back. */
final class Peer {

	private static final Duration BOUND = Duration.ofSeconds(5);

	private final Consumer<HttpServerRoutes> routes;

	private DisposableServer server;

	Peer(Consumer<HttpServerRoutes> routes) {
		this.routes = routes;
		this.server = listen(0);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	void goAway() {
		this.server.disposeNow(BOUND);
	}

	void comeBack() {
		this.server = listen(this.server.port());
	}

	private DisposableServer listen(int port) {
		return HttpServer.create().host("127.0.0.1").port(port).route(this.routes).bindNow(BOUND);
	}

}
