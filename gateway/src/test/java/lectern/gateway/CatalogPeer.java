package lectern.gateway;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** What the catalog's place answers in these tests, and what it saw happen. */
final class CatalogPeer {

	static final String PROBLEM = "{\"type\":\"/problems/not-found\",\"title\":\"upstream's own\",\"status\":404}";

	/** What happened to the connections held open here, in order. */
	final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

	final StreamPeer stream = new StreamPeer();

	void routes(HttpServerRoutes routes) {
		routes.get("/api/v1/books", CatalogPeer::echo)
			.put("/api/v1/books/{book}", CatalogPeer::echo)
			.get("/api/v1/books/slow", (_, _) -> Mono.never())
			.get("/api/v1/books/cut", (request, _) -> Mono.<Void>empty().doOnSubscribe((_) -> cut(request)))
			.get("/api/v1/books/missing",
					(_, response) -> response.status(404)
						.header("Content-Type", "application/problem+json")
						.sendString(Mono.just(PROBLEM)))
			.get("/api/v1/catalog/events", this.stream::serve)
			.get("/api/v1/export", (request, _) -> silence(request))
			.post("/api/v1/imports", this::read);
	}

	/** Answers with the request's line and headers, and with headers of all kinds. */
	private static Publisher<Void> echo(HttpServerRequest request, HttpServerResponse response) {
		String body = request.requestHeaders()
			.entries()
			.stream()
			.map((header) -> header.getKey() + ": " + header.getValue() + "\n")
			.sorted(String.CASE_INSENSITIVE_ORDER)
			.collect(Collectors.joining("", request.method() + " " + request.uri() + "\n", ""));
		return response.header("X-Request-Id", request.requestHeaders().get("X-Request-Id", "none"))
			.header("Server", "inside/1.0")
			.header("X-Powered-By", "inside")
			.header("Connection", "X-Between")
			.header("X-Between", "us only")
			.header("Cursor", "c7")
			.sendString(Mono.just(body));
	}

	private static void cut(HttpServerRequest request) {
		request.withConnection((connection) -> connection.channel().close());
	}

	/** Never answers, not even with headers. */
	private Publisher<Void> silence(HttpServerRequest request) {
		this.seen.add("export asked");
		request.withConnection((connection) -> connection.onDispose(() -> this.seen.add("export gone")));
		return Mono.never();
	}

	private Publisher<Void> read(HttpServerRequest request, HttpServerResponse response) {
		Flux<String> lines = request.receive().asString().doOnNext(this.seen::add);
		return lines.then(Mono.defer(() -> response.status(201).send().then()));
	}

}
