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

/** The stub of catalog-service: its responses, and a record of the requests to it. */
final class StubCatalog {

	static final String PROBLEM = "{\"type\":\"/problems/not-found\",\"title\":\"written by the service\",\"status\":404}";

	/** The events of long requests, in order. */
	final BlockingQueue<String> observations = new LinkedBlockingQueue<>();

	final StubEventStream stream = new StubEventStream();

	void routes(HttpServerRoutes routes) {
		StubResponses.routes(routes);
		routes.get("/api/v1/books", StubCatalog::echo)
			.put("/api/v1/books/slow-client",
					(request, response) -> request.receive().then(Mono.defer(() -> response.send().then())))
			.put("/api/v1/books/{book}", StubCatalog::echo)
			.get("/api/v1/books/slow", (_, _) -> Mono.never())
			.get("/api/v1/books/cut", (request, _) -> Mono.<Void>empty().doOnSubscribe((_) -> closeConnection(request)))
			.get("/api/v1/books/missing",
					(_, response) -> response.status(404)
						.header("Content-Type", "application/problem+json")
						.sendString(Mono.just(PROBLEM)))
			.delete("/api/v1/topics", (_, response) -> response.status(405).header("Allow", "GET").send())
			.get("/api/v1/catalog/events", this.stream::serve)
			.get("/api/v1/export", (request, _) -> neverRespond(request))
			.post("/api/v1/imports", this::readLines);
	}

	/**
	 * Respond with the request line and the headers of the request, and with headers that
	 * the gateway must remove or forward.
	 */
	private static Publisher<Void> echo(HttpServerRequest request, HttpServerResponse response) {
		String body = request.requestHeaders()
			.entries()
			.stream()
			.map((header) -> header.getKey() + ": " + header.getValue() + "\n")
			.sorted(String.CASE_INSENSITIVE_ORDER)
			.collect(Collectors.joining("", request.method() + " " + request.uri() + "\n", ""));
		return response.header("X-Request-Id", request.requestHeaders().get("X-Request-Id", "none"))
			.header("Server", "stub/1.0")
			.header("X-Powered-By", "stub")
			.header("Connection", "X-Hop-By-Hop")
			.header("X-Hop-By-Hop", "secret")
			.header("Cursor", "c7")
			.sendString(Mono.just(body));
	}

	private static void closeConnection(HttpServerRequest request) {
		request.withConnection((connection) -> connection.channel().close());
	}

	/** Never respond, not even with headers. */
	private Publisher<Void> neverRespond(HttpServerRequest request) {
		this.observations.add("export requested");
		request.withConnection((connection) -> connection.onDispose(() -> this.observations.add("export closed")));
		return Mono.never();
	}

	private Publisher<Void> readLines(HttpServerRequest request, HttpServerResponse response) {
		Flux<String> lines = request.receive().asString().doOnNext(this.observations::add);
		return lines.then(Mono.defer(() -> response.status(201).send().then()));
	}

}
