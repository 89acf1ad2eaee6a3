package lectern.acceptance;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import lectern.web.StreamedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A reader with an account. */
public final class ReaderClient {

	private final String handle;

	private final LecternInstance lectern;

	private final String token;

	private final WebTestClient client;

	/** Register a new reader. */
	public ReaderClient(LecternInstance lectern) {
		this(lectern, "gateway");
	}

	private ReaderClient(LecternInstance lectern, String service) {
		this.lectern = lectern;
		this.handle = "reader-" + UUID.randomUUID().toString().substring(0, 8);
		LecternInstance.AuthenticatedClient signedIn = lectern.registerReader(this.handle);
		this.token = signedIn.token();
		this.client = signedIn.client().mutate().baseUrl(lectern.url(service)).build();
	}

	private ReaderClient(ReaderClient reader, String url) {
		this.lectern = reader.lectern;
		this.handle = reader.handle;
		this.token = reader.token;
		this.client = reader.client.mutate().baseUrl(url).build();
	}

	/** The same reader, with requests to another address. */
	ReaderClient at(String url) {
		return new ReaderClient(this, url);
	}

	/**
	 * A reader who reports directly to the service and subscribes through the gateway.
	 */
	static ReaderClient bypassingGateway(String service, LecternInstance lectern) {
		return new ReaderClient(lectern, service);
	}

	public String handle() {
		return this.handle;
	}

	/** The token of the reader's session, which is also the value of its cookie. */
	public String token() {
		return this.token;
	}

	/** A client of the gateway that sends the token with each request. */
	public WebTestClient client() {
		return this.client;
	}

	/** The request headers that identify the reader. */
	public Map<String, String> authorizationHeader() {
		return Map.of("Authorization", "Bearer " + this.token);
	}

	/** Make a key for a program, and return its secret. */
	String createKey(String name) {
		return JsonTrees
			.parse(this.client.post()
				.uri("/api/v1/readers/{reader}/keys", this.handle)
				.bodyValue(Map.of("name", name))
				.exchange()
				.expectStatus()
				.isCreated())
			.path("secret")
			.asString();
	}

	String streamPath() {
		return "/api/v1/readers/" + this.handle + "/events";
	}

	RecordingStreamClient subscribe(String lastId) {
		Map<String, String> headers = new HashMap<>(authorizationHeader());
		if (!lastId.isEmpty()) {
			headers.put("Last-Event-ID", lastId);
		}
		return this.lectern.subscribe(streamPath(), headers);
	}

	/** Start a book, and return the id of the reading. */
	public String startReading(String book) {
		return JsonTrees.parse(postReading(book).expectStatus().isCreated()).path("id").asString();
	}

	/** Start a book and finish it. */
	public void finish(String book) {
		this.client.post()
			.uri("/api/v1/readers/{reader}/readings/{reading}/finish", this.handle, startReading(book))
			.exchange()
			.expectStatus()
			.isOk();
	}

	/** Start a book, or continue its open reading, and return the id of the reading. */
	String startOrContinueReading(String book) {
		return JsonTrees.parse(postReading(book).expectStatus().is2xxSuccessful()).path("id").asString();
	}

	/** Assert that the service does not know a book, so that nobody can start it. */
	void assertUnknown(String book) {
		assertThat(JsonTrees.parse(postReading(book).expectStatus().isEqualTo(HttpStatus.CONFLICT))
			.path("type")
			.asString()).endsWith("unknown-book");
	}

	private WebTestClient.ResponseSpec postReading(String book) {
		return this.client.post()
			.uri("/api/v1/readers/{reader}/readings", this.handle)
			.bodyValue(Map.of("book", book))
			.exchange();
	}

	/** Report a position, and return the cursor of the report. */
	public String reportPosition(String reading, double fraction) {
		return this.client.post()
			.uri("/api/v1/readers/{reader}/readings/{reading}/positions", this.handle, reading)
			.bodyValue(Map.of("fraction", fraction, "device", Map.of("id", "phone", "name", "My phone")))
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Cursor");
	}

	/** Assert the position of the reading once the read model has applied the cursor. */
	void assertPosition(String reading, double fraction, String cursor) {
		JsonNode readings = JsonTrees.parse(this.client.get()
			.uri("/api/v1/readers/{reader}/readings?seen={cursor}", this.handle, cursor)
			.exchange()
			.expectStatus()
			.isOk());
		assertThat(readings.path("items").valueStream().map((each) -> each.path("id").asString())).contains(reading);
		readings.path("items")
			.valueStream()
			.filter((each) -> each.path("id").asString().equals(reading))
			.forEach((each) -> assertThat(each.path("position").path("fraction").asDouble()).isEqualTo(fraction));
	}

	/** The reading as it is now. */
	public JsonNode reading(String reading) {
		return JsonTrees.parse(this.client.get()
			.uri("/api/v1/readers/{reader}/readings/{reading}", this.handle, reading)
			.exchange()
			.expectStatus()
			.isOk());
	}

	/** Begin to send a list of commands through the gateway. */
	StreamedRequest openCommandList() throws IOException {
		return StreamedRequest.post(this.lectern.port(), "/api/v1/readers/" + this.handle + "/commands",
				List.of("Authorization: Bearer " + this.token, "Content-Type: application/x-ndjson"));
	}

	/** Send a command of a list as a request of its own. */
	void send(String line) {
		ObjectNode command = (ObjectNode) JsonMapper.shared().readTree(line);
		String type = command.path("type").asString();
		String reading = command.path("reading").asString("");
		String key = command.path("key").asString();
		command.remove(List.of("type", "reading", "key"));
		String path = "/api/v1/readers/" + this.handle + "/readings" + switch (type) {
			case "start" -> "";
			case "report" -> "/" + reading + "/positions";
			default -> "/" + reading + "/" + type;
		};
		this.client.post()
			.uri(path)
			.header("Idempotency-Key", key)
			.bodyValue(command)
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
	}

}
