package lectern.launcher.demo;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The readings of a simulated reader, as the service knows them. */
final class Bookshelf {

	private final DemoSession session;

	private final Map<String, Bookmark> open = new HashMap<>();

	private final Set<String> finished = new HashSet<>();

	private Bookshelf(DemoSession session) {
		this.session = session;
	}

	/** Read the present state. */
	static Bookshelf load(DemoSession session) throws InterruptedException {
		Bookshelf shelf = new Bookshelf(session);
		shelf.readings("reading").forEach((reading) -> shelf.open.put(book(reading), Bookmark.of(reading)));
		shelf.readings("finished").forEach((reading) -> shelf.finished.add(book(reading)));
		return shelf;
	}

	private Iterable<JsonNode> readings(String status) throws InterruptedException {
		DemoResponse response = this.session
			.send(DemoRequest.get(this.session.path("/readings?order=recent&limit=200&status=" + status)));
		if (!response.isSuccess()) {
			throw new DemoException(
					"The readings of " + this.session.handle() + " cannot be read (" + response.failure() + ").");
		}
		return response.json().path("items");
	}

	private static String book(JsonNode reading) {
		return reading.path("book").path("id").asString();
	}

	/** Return where the reader is in a book; null if the book is not open. */
	@Nullable Bookmark bookmark(String book) {
		return this.open.get(book);
	}

	boolean isFinished(String book) {
		return this.finished.contains(book);
	}

	void put(String book, Bookmark bookmark) {
		this.open.put(book, bookmark);
	}

	void finish(String book) {
		this.open.remove(book);
		this.finished.add(book);
	}

	/**
	 * The place in a book that is open.
	 *
	 * @param reading the id of the reading
	 * @param fraction 0 before the first report
	 * @param since when the last position or the start occurred
	 */
	record Bookmark(String reading, double fraction, Instant since) {

		static Bookmark of(JsonNode reading) {
			JsonNode position = reading.path("position");
			String since = position.path("occurredAt").asString(reading.path("startedAt").asString());
			return new Bookmark(reading.path("id").asString(), position.path("fraction").asDouble(0),
					Instant.parse(since));
		}

	}

}
