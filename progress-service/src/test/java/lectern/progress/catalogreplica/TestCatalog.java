package lectern.progress.catalogreplica;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import lectern.streaming.log.Cursor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** The event stream of a catalog over HTTP. Tests send events and cause faults. */
public final class TestCatalog implements AutoCloseable {

	/** As often as the real catalog sends them. */
	private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(15);

	private final List<String> events = new CopyOnWriteArrayList<>();

	/** The documents of the books that were not removed. */
	private final Map<String, String> books = new ConcurrentHashMap<>();

	private final Sinks.Many<Integer> eventCounts = Sinks.many().replay().latest();

	private final BlockingQueue<String> requestedIds = new LinkedBlockingQueue<>();

	private final DisposableServer server;

	private volatile Sinks.Empty<Void> disconnect = Sinks.empty();

	private volatile String epoch = "catalogtest";

	private volatile int remainingFailures;

	private volatile boolean truncateNext;

	private volatile boolean duplicateNext;

	public TestCatalog() {
		this.eventCounts.tryEmitNext(0);
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.get("/api/v1/catalog/events", this::serveEvents)
				.get("/api/v1/books/{book}", this::serveBook))
			.bindNow(HANG_LIMIT);
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/** Send the event of an added or changed book without editions. */
	public void putBook(String id, String title, String author) {
		putBook(id, title, author, "[]");
	}

	/**
	 * Send the event of an added or changed book.
	 * @param editions the editions as JSON
	 */
	public void putBook(String id, String title, String author, String editions) {
		String document = """
				{"id":"%s","title":"%s","authors":["%s"],"topics":[],"editions":%s}""".formatted(id, title, author,
				editions.replace("\n", ""));
		this.books.put(id, document);
		sendEvent("""
				{"cursor":"any","type":"book-added","book":"%s","version":1,"later":{"x":1},"data":%s}""".formatted(id,
				document));
	}

	/**
	 * Send the event of a changed path.
	 * @param gates the gates as JSON
	 */
	public void putPath(String id, int version, String gates) {
		sendEvent("""
				{"cursor":"any","type":"path-changed","path":"%s","version":%d,
				"data":{"id":"%s","title":"Path %s","gates":%s,"version":%d}}
				""".formatted(id, version, id, id, gates, version).replace("\n", ""));
	}

	/** Send the event of a removed book. */
	public void removeBook(String id) {
		this.books.remove(id);
		sendEvent("""
				{"cursor":"any","type":"book-removed","book":"%s","version":2}""".formatted(id));
	}

	/** Send the event of a removed path. */
	public void removePath(String id) {
		sendEvent("""
				{"cursor":"any","type":"path-removed","path":"%s","version":2}""".formatted(id));
	}

	/** Return the cursor of the latest event. */
	public String cursor() {
		return cursorAt(this.events.size());
	}

	/** Send an event with any data. */
	void sendEvent(String text) {
		this.events.add(text);
		this.eventCounts.tryEmitNext(this.events.size());
	}

	/** End all connections without a closing event. */
	void disconnect() {
		Sinks.Empty<Void> now = this.disconnect;
		this.disconnect = Sinks.empty();
		now.tryEmitEmpty();
	}

	/** Respond to the next requests with an error. */
	void failNextRequests(int times) {
		this.remainingFailures = times;
	}

	/** End the next connection in the middle of an event. */
	void truncateNextEvent() {
		this.truncateNext = true;
	}

	/** Start the next connection with an event that was sent before. */
	void duplicateNextEvent() {
		this.duplicateNext = true;
	}

	/**
	 * Replace the log by an empty one with another epoch, so that earlier cursors become
	 * invalid.
	 */
	void replaceLog(String otherEpoch) {
		this.epoch = otherEpoch;
		this.events.clear();
		this.eventCounts.tryEmitNext(0);
		disconnect();
	}

	/** Return the {@code Last-Event-ID} of the next request. */
	String nextRequestedId() throws InterruptedException {
		return this.requestedIds.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	private Publisher<Void> serveBook(HttpServerRequest request, HttpServerResponse response) {
		String document = this.books.get(request.param("book"));
		return (document != null) ? response.sendString(Mono.just(document)) : response.sendNotFound();
	}

	private Publisher<Void> serveEvents(HttpServerRequest request, HttpServerResponse response) {
		String id = request.requestHeaders().get("Last-Event-ID", "none");
		this.requestedIds.add(id);
		if (this.remainingFailures > 0) {
			this.remainingFailures--;
			return response.status(503).send();
		}
		Optional<Cursor> cursor = Cursor.parse(id).filter((known) -> known.epoch().equals(this.epoch));
		boolean reset = cursor.isEmpty() && !id.equals("start");
		int[] sent = { cursor.map((known) -> (int) known.position()).orElse(reset ? this.events.size() : 0) };
		if (this.duplicateNext && sent[0] > 0) {
			this.duplicateNext = false;
			sent[0]--;
		}
		String opening = "retry:2000\n:lectern\nid:" + cursorAt(sent[0]) + "\n\n";
		String resetting = "event:reset\nid:" + cursorAt(sent[0]) + "\ndata:{\"reason\":\"foreign-epoch\"}\n\n";
		Flux<String> frames = this.eventCounts.asFlux().concatMapIterable((size) -> {
			List<Integer> added = IntStream.range(sent[0], Math.max(sent[0], size)).boxed().toList();
			sent[0] = Math.max(sent[0], size);
			return added;
		}).map((index) -> "id:" + cursorAt(index + 1) + "\ndata:" + this.events.get(index) + "\n\n");
		Flux<String> content = Flux.concat(Flux.just(reset ? opening + resetting : opening),
				truncateIfRequested(frames));
		return response.sse().sendString(withHeartbeats(content).takeUntilOther(this.disconnect.asMono()));
	}

	/** Add heartbeats until the content ends. */
	private static Flux<String> withHeartbeats(Flux<String> content) {
		Flux<Signal<String>> heartbeats = Flux.interval(HEARTBEAT_INTERVAL).map((_) -> Signal.next(":\n\n"));
		return Flux.merge(content.materialize(), heartbeats).dematerialize();
	}

	private Flux<String> truncateIfRequested(Flux<String> frames) {
		if (!this.truncateNext) {
			return frames;
		}
		this.truncateNext = false;
		return frames.take(1).map((frame) -> frame.substring(0, frame.length() / 2));
	}

	private String cursorAt(int position) {
		return new Cursor(this.epoch, position).toString();
	}

	@Override
	public void close() {
		disconnect();
		this.server.disposeNow(HANG_LIMIT);
	}

}
