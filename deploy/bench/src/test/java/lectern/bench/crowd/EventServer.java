package lectern.bench.crowd;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * A small server of event streams. Its events have the ids e-1, e-2 and so on. A client
 * that reconnects gets the five events after its last one.
 */
final class EventServer implements AutoCloseable {

	private static final int EVENTS_AFTER_RESUME = 5;

	private static final int CHUNK_BYTES = 11;

	private final Collection<String> requests = new ConcurrentLinkedQueue<>();

	private final AtomicInteger remainingRefusals = new AtomicInteger(2);

	private final int events;

	private final DisposableServer server;

	private EventServer(int events) {
		this.events = events;
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.route((routes) -> routes.get("/events", this::events)
				.get("/ends",
						(_, response) -> stream(response,
								Flux.just("retry:10\n\n", "event:reset\nid:e-9\ndata:{\"reason\":\"epoch\"}\n\n",
										"event:end\ndata:{\"reason\":\"drain\"}\n\n")))
				.get("/flood", (_, response) -> stream(response, Flux.range(1, 100_000).map(EventServer::event)))
				.get("/full-at-first", this::refuseThenServe))
			.bindNow(HANG_LIMIT);
	}

	/**
	 * Start a server.
	 * @param events the number of events on the first connection of a client
	 */
	static EventServer start(int events) {
		return new EventServer(events);
	}

	int port() {
		return this.server.port();
	}

	/** Return the received requests: source address, path, authorization. */
	Collection<String> requests() {
		return this.requests;
	}

	private Publisher<Void> events(HttpServerRequest request, HttpServerResponse response) {
		InetSocketAddress client = Objects.requireNonNull(request.remoteAddress());
		this.requests
			.add(client.getHostString() + " " + request.uri() + " " + request.requestHeaders().get("Authorization"));
		String lastEventId = request.requestHeaders().get("Last-Event-ID");
		int lastNumber = (lastEventId != null) ? Integer.parseInt(lastEventId.substring(2)) : 0;
		int count = (lastEventId != null) ? EVENTS_AFTER_RESUME : this.events;
		Flux<String> frames = Flux.range(lastNumber + 1, count).map(EventServer::event);
		return stream(response, frames.startWith("retry:50\n:hello\n\n").concatWith(Mono.never()));
	}

	private Publisher<Void> refuseThenServe(HttpServerRequest request, HttpServerResponse response) {
		return (this.remainingRefusals.getAndDecrement() > 0)
				? response.status(429).header("Retry-After", "1").sendString(Mono.just("full"))
				: events(request, response);
	}

	/** Send the frames in pieces of 11 bytes, each as a chunk and a write of its own. */
	private static Publisher<Void> stream(HttpServerResponse response, Flux<String> frames) {
		return response.sse().sendByteArray(frames.concatMapIterable(EventServer::chunks));
	}

	private static List<byte[]> chunks(String frame) {
		byte[] bytes = frame.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
		return IntStream.iterate(0, (at) -> at < bytes.length, (at) -> at + CHUNK_BYTES)
			.mapToObj((at) -> Arrays.copyOfRange(bytes, at, Math.min(at + CHUNK_BYTES, bytes.length)))
			.toList();
	}

	private static String event(int number) {
		return "id: e-" + number + "\ndata: {\"number\":" + number + ",\"title\":\"An event of some length\"}\n\n";
	}

	@Override
	public void close() {
		this.server.disposeNow(HANG_LIMIT);
	}

}
