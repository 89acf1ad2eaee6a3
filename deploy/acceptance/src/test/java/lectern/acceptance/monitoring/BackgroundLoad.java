package lectern.acceptance.monitoring;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lectern.acceptance.CuratorClient;
import lectern.acceptance.FixedRateWriter;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.crowd.StreamRequest;

import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * A reader, a curator and others who do what one can do with a Lectern, over and over,
 * until this is closed.
 */
final class BackgroundLoad implements AutoCloseable {

	private static final int ACTIONS_PER_SECOND = 20;

	private static final int LISTENERS = 20;

	/** No more than two, which keep nobody of this address from signing in. */
	private static final int FIRST_WRONG_PASSWORD = 20;

	private static final int SECOND_WRONG_PASSWORD = 100;

	private static final String BOOK = "monitored";

	private final CuratorClient curator;

	private final ReaderClient reader;

	private final WebTestClient anybody;

	private final String reading;

	private final List<Crowd> listeners;

	private final List<FixedRateWriter> actors;

	private BackgroundLoad(LecternInstance lectern, int actors) {
		this.curator = new CuratorClient(lectern);
		this.curator.saveBook(BOOK, "Monitored");
		this.reader = new ReaderClient(lectern);
		this.anybody = lectern.anonymousClient();
		this.reading = this.reader.startReading("fluent-python");
		String readerPath = "/api/v1/readers/" + this.reader.handle() + "/";
		this.listeners = Stream
			.of(StreamRequest.of("/api/v1/catalog/events"), StreamRequest.of("/api/v1/activity/events"),
					StreamRequest.of("/api/v1/catalog/events?after=start"),
					StreamRequest.of(readerPath + "events", this.reader.token()),
					StreamRequest.of(readerPath + "replay?speed=1", this.reader.token()))
			.map((request) -> CrowdPlan.of(lectern.port(), LISTENERS, "").withRequest((_) -> request))
			.map((plan) -> Crowd.open(plan, CrowdListener.noOp()))
			.toList();
		this.actors = Stream.generate(() -> FixedRateWriter.start(ACTIONS_PER_SECOND / actors, this::act))
			.limit(actors)
			.toList();
	}

	/**
	 * Start it.
	 * @param actors how many do the same at once, so that one that waits does not keep
	 * the others from failing
	 */
	static BackgroundLoad start(LecternInstance lectern, int actors) {
		return new BackgroundLoad(lectern, actors);
	}

	/** What goes wrong in a fault is seen by the meters. */
	private void act(long number) throws IOException {
		try {
			actOnce(number);
		}
		catch (AssertionError | RuntimeException ex) {
			throw new IOException(ex);
		}
	}

	private void actOnce(long number) {
		if (number == FIRST_WRONG_PASSWORD || number == SECOND_WRONG_PASSWORD) {
			signInWithWrongPassword();
		}
		switch ((int) (number % 10)) {
			case 0 -> this.curator.updateBook(BOOK, "Number " + number);
			case 1 -> get("/api/v1/books?q=python");
			case 2 -> get("/api/v1/books/fluent-python");
			case 3 -> get("/api/v1/books/does-not-exist");
			case 4 -> get("/api/v1/catalog/events?after=not-a-cursor");
			default -> this.reader.reportPosition(this.reading, (number % 1_000) / 1_000.0);
		}
	}

	private void get(String path) {
		this.anybody.get().uri(path).exchange().returnResult(Void.class);
	}

	private void signInWithWrongPassword() {
		this.anybody.post()
			.uri("/api/v1/tokens")
			.bodyValue(Map.of("reader", this.reader.handle(), "password", "a wrong password"))
			.exchange()
			.returnResult(Void.class);
	}

	@Override
	public void close() {
		this.actors.forEach(FixedRateWriter::stop);
		this.listeners.forEach(Crowd::close);
	}

}
