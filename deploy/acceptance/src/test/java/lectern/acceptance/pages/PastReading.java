package lectern.acceptance.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import lectern.acceptance.CuratorClient;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader with a reading whose history is days long: the devices were offline and sent
 * it at once.
 */
final class PastReading {

	/** The pages of the reader's edition. */
	static final int PAGES = 200;

	private final ReaderClient reader;

	private final String id = UUID.randomUUID().toString();

	private final Instant now = Instant.now();

	private int commands;

	/** Start to read a book so many days ago. */
	PastReading(LecternInstance lectern, String title, int days) {
		String book = "past-" + this.id.substring(0, 8);
		CuratorClient curator = new CuratorClient(lectern);
		curator.saveBook(book, title);
		curator.updateBook(book, Map.of("title", title, "authors", List.of("Grace Hopper"), "editions",
				List.of(Map.of("label", "Paperback", "pages", PAGES))));
		this.reader = new ReaderClient(lectern);
		// The service may not know the book and its edition yet.
		Map<String, Object> start = Map.of("type", "start", "book", book, "id", this.id, "edition", "Paperback");
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> send(start, Duration.ofDays(days)));
	}

	/** Report a place from a device whose name is its id. */
	PastReading report(double fraction, Duration ago, String device) {
		send(Map.of("type", "report", "reading", this.id, "fraction", fraction, "device",
				Map.of("id", device, "name", device)), ago);
		return this;
	}

	private void send(Map<String, Object> command, Duration ago) {
		Map<String, Object> line = new HashMap<>(command);
		line.put("key", this.id + "-" + this.commands++);
		line.put("occurredAt", this.now.minus(ago).toString());
		line.put("sentAt", Instant.now().toString());
		String answer = this.reader.client()
			.post()
			.uri("/api/v1/readers/{reader}/commands", this.reader.handle())
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(JsonMapper.shared().writeValueAsString(line) + "\n")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(answer).contains("through").doesNotContain("problem");
	}

	ReaderClient reader() {
		return this.reader;
	}

	String id() {
		return this.id;
	}

	/** The address of its page. */
	String address() {
		return "/me/readings/" + this.id;
	}

	/**
	 * Where the service says that the reader is, which may be a moment behind what it has
	 * stored.
	 */
	double place() {
		return this.reader.reading(this.id).path("position").path("fraction").asDouble();
	}

	/** The number of reports in the history. */
	long reports() {
		return JsonMapper.shared()
			.readTree(this.reader.client()
				.get()
				.uri("/api/v1/readers/{reader}/readings/{reading}/history?limit=200", this.reader.handle(), this.id)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody())
			.path("items")
			.valueStream()
			.filter((entry) -> entry.path("type").asString().equals("position-reported"))
			.count();
	}

}
