package lectern.acceptance;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;

/** Provokes the problems that a reader can meet. */
final class ReaderProblems {

	private static final String HALF = "{\"fraction\":0.5}";

	private static final int MAX_KEYS = 50;

	private final String handle = "problem-" + UUID.randomUUID().toString().substring(0, 8);

	private final TestApiClient anonymous;

	private final TestApiClient operator;

	private final TestApiClient reader;

	private final String token;

	ReaderProblems(LecternInstance lectern) {
		this.anonymous = TestApiClient.of(lectern.url() + "/api/v1");
		this.operator = this.anonymous.withToken(lectern.adminToken());
		this.token = lectern.registerReader(this.handle).token();
		this.reader = TestApiClient.of(lectern.url() + "/api/v1/readers/" + this.handle).withToken(this.token);
	}

	List<ProvokedProblem> provokeAll() {
		return Stream.of(ofIdentity(), ofKeys(), ofReadings(), ofPast()).flatMap(List::stream).toList();
	}

	private List<ProvokedProblem> ofIdentity() {
		String path = "/readers/" + this.handle;
		String account = "{\"reader\":\"" + this.handle + "\",\"name\":\"A Name\",\"password\":\"a wrong password\"}";
		return List.of(provoked(this.anonymous.get(path + "/readings"), "token is missing, expired or not valid"),
				provoked(this.anonymous.withToken(this.token).post("/books", "{\"title\":\"A Book\"}"),
						"lacks the role curator"),
				provoked(this.anonymous.post("/tokens", account.replace("\"name\":\"A Name\",", "")),
						"or the password is wrong"),
				provoked(this.anonymous.post("/readers", account), "choose a different one"),
				provoked(
						this.reader.ifMatch("*")
							.patch("", "{\"password\":\"a new long secret\",\"currentPassword\":\"a wrong password\"}"),
						"/currentPassword"),
				provoked(this.anonymous.with("Cookie", "lectern-token=" + this.token)
					.with("Origin", "http://elsewhere.example")
					.post(path + "/readings", "{\"book\":\"fluent-python\"}"), "Send a Bearer token instead"));
	}

	private List<ProvokedProblem> ofKeys() {
		String secret = IntStream.range(0, MAX_KEYS)
			.mapToObj((number) -> this.reader.post("/keys", "{\"name\":\"Key " + number + "\"}").assertStatus(201))
			.toList()
			.getLast()
			.at("/secret")
			.asString();
		return List.of(provoked(this.reader.post("/keys", "{\"name\":\"One more\"}"), "Revoke one"), provoked(
				this.reader.withToken(secret).post("/keys", "{\"name\":\"Of a key\"}"), "Sign in with the password"));
	}

	private List<ProvokedProblem> ofReadings() {
		String finished = start("{\"book\":\"fluent-python\"}");
		this.reader.post(finished + "/finish").assertStatus(200);
		String open = start("{\"book\":\"fluent-python\"}");
		String abandoned = start("{\"book\":\"using-asyncio-in-python\"}");
		this.reader.post(abandoned + "/abandon").assertStatus(200);
		return List.of(provoked(this.reader.post("/readings", "{\"book\":\"no-such-book\"}"), "/book"), provoked(
				this.reader.post("/readings", "{\"book\":\"high-performance-python\",\"id\":\"" + id(finished) + "\"}"),
				"send a new UUID"), provoked(this.reader.post(finished + "/positions", HALF), "Reopen it first"),
				provoked(this.reader.post(abandoned + "/positions", HALF), "Resume it first"),
				provoked(this.reader.post(finished + "/reopen"), id(open)),
				provoked(this.reader.put(open + "/plan", "{\"finishBy\":\"2001-01-01T00:00:00Z\"}"),
						"finishBy must be in the future"),
				provoked(this.reader.put("/paths/no-such-path", "{}"), "no path with this id"));
	}

	private List<ProvokedProblem> ofPast() {
		TestApiResponse started = this.reader.post("/readings", "{\"book\":\"the-design-of-web-apis\"}")
			.assertStatus(201);
		String reading = "/readings/" + started.at("/id").asString();
		this.reader.post(reading + "/positions", HALF).assertStatus(200);
		String undo = this.reader.ifMatch("*").delete(reading).assertStatus(200).at("/undo").asString();
		String again = "{\"undo\":\"" + undo + "\"}";
		this.reader.post("/undo", again).assertStatus(200);
		String export = this.reader.get("/export").assertStatus(200).text();
		return List.of(provoked(
				this.reader.post(reading + "/restore", "{\"to\":\"" + started.cursor() + "\"}"), "choose a later time"),
				provoked(this.reader.post("/undo", again), "was undone before"),
				provoked(
						this.operator.contentType("application/x-ndjson")
							.post("/readers/" + this.handle + "/import",
									export.replace("\"receivedAt\":\"2", "\"receivedAt\":\"1")),
						"Import into an account without events"));
	}

	/** Start a reading and return its path. */
	private String start(String content) {
		return "/readings/" + this.reader.post("/readings", content).assertStatus(201).at("/id").asString();
	}

	private static String id(String path) {
		return path.substring("/readings/".length());
	}

	private static ProvokedProblem provoked(TestApiResponse response, String help) {
		return ProvokedProblem.of(response, help);
	}

}
