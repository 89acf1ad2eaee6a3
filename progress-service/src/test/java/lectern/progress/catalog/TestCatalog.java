package lectern.progress.catalog;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import lectern.streaming.Cursor;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** A catalog's event stream over real HTTP, with events and faults at command. */
public final class TestCatalog implements AutoCloseable {

	private final List<String> data = new CopyOnWriteArrayList<>();

	private final Sinks.Many<Integer> grown = Sinks.many().replay().latest();

	private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

	private final DisposableServer server;

	private volatile Sinks.Empty<Void> cut = Sinks.empty();

	private volatile String epoch = "catalogtest";

	private volatile int failures;

	private volatile boolean tearing;

	private volatile boolean repeating;

	public TestCatalog() {
		this.grown.tryEmitNext(0);
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.get("/api/v1/catalog/events", this::events))
			.bindNow(HANG_LIMIT);
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/** Add a book or change it. */
	public void book(String id, String title, String author) {
		event("""
				{"cursor":"any","type":"book-added","book":"%s","version":1,"later":{"x":1},
				"data":{"id":"%s","title":"%s","authors":["%s"],"topics":[]}}
				""".formatted(id, id, title, author).replace("\n", ""));
	}

	/**
	 * Add a path or change it.
	 * @param gates JSON
	 */
	public void path(String id, int version, String gates) {
		event("""
				{"cursor":"any","type":"path-changed","path":"%s","version":%d,
				"data":{"id":"%s","title":"Path %s","gates":%s,"version":%d}}
				""".formatted(id, version, id, id, gates, version).replace("\n", ""));
	}

	/** Remove a book. */
	public void removal(String id) {
		event("""
				{"cursor":"any","type":"book-removed","book":"%s","version":2}""".formatted(id));
	}

	/** Remove a path. */
	public void pathRemoval(String id) {
		event("""
				{"cursor":"any","type":"path-removed","path":"%s","version":2}""".formatted(id));
	}

	/** The cursor of the latest event. */
	public String cursor() {
		return at(this.data.size());
	}

	/** Send any data as an event. */
	void event(String text) {
		this.data.add(text);
		this.grown.tryEmitNext(this.data.size());
	}

	/** End all connections, without a word. */
	void cut() {
		Sinks.Empty<Void> now = this.cut;
		this.cut = Sinks.empty();
		now.tryEmitEmpty();
	}

	/** Answer the next requests with an error. */
	void failTimes(int times) {
		this.failures = times;
	}

	/** Break off in the middle of the next event, on the next connection. */
	void tearNext() {
		this.tearing = true;
	}

	/** Begin the next connection with an event that was sent before. */
	void repeatNext() {
		this.repeating = true;
	}

	/** Another log: what was given out before is of no use. */
	void becomeAnother(String otherEpoch) {
		this.epoch = otherEpoch;
		this.data.clear();
		this.grown.tryEmitNext(0);
		cut();
	}

	/** The id that the next connection asks for; null if none comes soon. */
	String nextAsked() throws InterruptedException {
		return this.asked.poll(10, TimeUnit.SECONDS);
	}

	private Publisher<Void> events(HttpServerRequest request, HttpServerResponse response) {
		String id = request.requestHeaders().get("Last-Event-ID", "none");
		this.asked.add(id);
		if (this.failures > 0) {
			this.failures--;
			return response.status(503).send();
		}
		Optional<Cursor> cursor = Cursor.parse(id).filter((known) -> known.epoch().equals(this.epoch));
		boolean reset = cursor.isEmpty() && !id.equals("start");
		int[] place = { cursor.map((known) -> (int) known.position()).orElse(reset ? this.data.size() : 0) };
		if (this.repeating && place[0] > 0) {
			this.repeating = false;
			place[0]--;
		}
		String opening = "retry:2000\n:lectern\nid:" + at(place[0]) + "\n\n";
		String resetting = "event:reset\nid:" + at(place[0]) + "\ndata:{\"reason\":\"foreign-epoch\"}\n\n";
		Flux<String> frames = this.grown.asFlux().concatMapIterable((size) -> {
			List<Integer> added = java.util.stream.IntStream.range(place[0], Math.max(place[0], size)).boxed().toList();
			place[0] = Math.max(place[0], size);
			return added;
		}).map((index) -> "id:" + at(index + 1) + "\ndata:" + this.data.get(index) + "\n\n");
		return response.sse()
			.sendString(Flux.concat(Flux.just(reset ? opening + resetting : opening), torn(frames))
				.takeUntilOther(this.cut.asMono()));
	}

	private Flux<String> torn(Flux<String> frames) {
		if (!this.tearing) {
			return frames;
		}
		this.tearing = false;
		return frames.take(1).map((frame) -> frame.substring(0, frame.length() / 2));
	}

	private String at(int position) {
		return new Cursor(this.epoch, position).toString();
	}

	@Override
	public void close() {
		cut();
		this.server.disposeNow(HANG_LIMIT);
	}

}
