package lectern.gateway;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.Unpooled;
import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One of several nodes of a service, which serve the same data. It can be frozen: then it
 * accepts connections and requests, and answers nothing.
 */
@NullUnmarked
final class StubNode {

	final StubServer server;

	final AtomicInteger requests = new AtomicInteger();

	private final StubEventStream events;

	private volatile Sinks.Empty<Void> thawed = Sinks.empty();

	private volatile boolean frozen;

	private volatile boolean busy;

	StubNode(StubEventStream events) {
		this.events = events;
		this.server = new StubServer((routes) -> {
			TestTokens.routes(routes);
			routes.get("/api/v1/readers/ada/events", this::serve).route((_) -> true, this::answer);
		});
	}

	String url() {
		return this.server.url();
	}

	void freeze() {
		this.frozen = true;
	}

	/** Answer nothing but health checks. */
	void delayRequests() {
		this.busy = true;
	}

	/** Answer again, also what came meanwhile. */
	void thaw() {
		this.frozen = false;
		this.busy = false;
		this.thawed.tryEmitEmpty();
		this.thawed = Sinks.empty();
	}

	private Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
		return this.frozen ? Mono.never() : this.events.serve(request, response);
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		boolean ofClient = request.uri().startsWith("/api/");
		if (ofClient) {
			this.requests.incrementAndGet();
		}
		Mono<Void> delay = (this.frozen || ofClient && this.busy) ? this.thawed.asMono() : Mono.empty();
		return delay.then(request.receive().aggregate().asByteArray().defaultIfEmpty(new byte[0]).flatMap((content) -> {
			byte[] body = (content.length > 0) ? content : request.uri().getBytes();
			return response.header("Content-Length", Integer.toString(body.length))
				.sendObject(Unpooled.wrappedBuffer(body))
				.then();
		}));
	}

}
