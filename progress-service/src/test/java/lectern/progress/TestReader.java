package lectern.progress;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseEvent;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** A reader as a client of the service. Paths are below the path of the reader. */
public final class TestReader {

	private final String handle;

	private final String token;

	private final TestApiClient client;

	private final SseClient sseClient;

	private final DatabaseClient database;

	TestReader(String handle, String token, TestApiClient client, SseClient sseClient, DatabaseClient database) {
		this.handle = handle;
		this.token = token;
		this.client = client;
		this.sseClient = sseClient;
		this.database = database;
	}

	public String handle() {
		return this.handle;
	}

	/** Return the valid token of this reader. */
	public String token() {
		return this.token;
	}

	/** Return the path of the reader in the API. */
	public String path() {
		return "/api/v1/readers/" + this.handle;
	}

	/** Return the client with this reader's token, whose paths are complete. */
	public TestApiClient client() {
		return this.client;
	}

	/** Return the same reader with a client that sends {@code If-Match}. */
	public TestReader ifMatch(String tags) {
		return new TestReader(this.handle, this.token, this.client.ifMatch(tags), this.sseClient, this.database);
	}

	/** Return the same reader with a client that sends {@code Idempotency-Key}. */
	public TestReader idempotencyKey(String key) {
		return new TestReader(this.handle, this.token, this.client.idempotencyKey(key), this.sseClient, this.database);
	}

	public TestApiResponse get(String below) {
		return this.client.get(path() + below);
	}

	/** Send PUT without content. */
	public TestApiResponse put(String below) {
		return Objects.requireNonNull(this.client.send(HttpMethod.PUT, path() + below).block(HANG_LIMIT));
	}

	public TestApiResponse put(String below, String json) {
		return this.client.put(path() + below, json);
	}

	/** Send POST without content. */
	public TestApiResponse post(String below) {
		return this.client.post(path() + below);
	}

	public TestApiResponse post(String below, String json) {
		return this.client.post(path() + below, json);
	}

	public TestApiResponse delete(String below) {
		return this.client.delete(path() + below);
	}

	/**
	 * Start a reading of a known book, which must succeed, even if another one of the
	 * book is open.
	 */
	public TestReading start(String book) {
		UUID id = UUID.randomUUID();
		post("/readings", "{\"book\":\"%s\",\"id\":\"%s\",\"again\":true}".formatted(book, id)).assertStatus(201);
		return reading(id.toString());
	}

	/** Start a reading that began at an earlier time. */
	public TestReading start(String book, Instant occurredAt) {
		UUID id = UUID.randomUUID();
		post("/readings",
				"{\"book\":\"%s\",\"id\":\"%s\",\"again\":true,\"occurredAt\":\"%s\"}".formatted(book, id, occurredAt))
			.assertStatus(201)
			.assertMember("/startedAt", occurredAt.toString());
		return reading(id.toString());
	}

	/**
	 * Return the client of a reading below this reader's path, whether it exists or not.
	 */
	public TestReading reading(String id) {
		return new TestReading(id, path() + "/readings/" + id, this.client);
	}

	/**
	 * Open the live stream of this reader.
	 * @return cold; the events with an id, without heartbeats
	 */
	public Flux<SseEvent> events(@Nullable String lastEventId) {
		return this.sseClient.events(path() + "/events", lastEventId).filter((event) -> event.id() != null);
	}

	/** Open any stream; cold. */
	public Flux<SseEvent> stream(String path) {
		return this.sseClient.events(path, null);
	}

	/** Count the events of this reader in the log. */
	public long eventCount() {
		return eventTypes().size();
	}

	/** List the types of this reader's events in the order of the log. */
	public List<String> eventTypes() {
		return Objects
			.requireNonNull(this.database.sql("select type from event where reader = :reader order by position")
				.bind("reader", this.handle)
				.map((row) -> Objects.requireNonNull(row.get("type", String.class)))
				.all()
				.collectList()
				.block(HANG_LIMIT));
	}

}
