package lectern.acceptance;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import lectern.bench.http.Answer;
import lectern.bench.http.HttpConnection;
import lectern.bench.http.Request;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong with a request of a stream is said, by the gateway and by the service.
 */
@ExtendWith(LecternUp.class)
@Timeout(300)
class StreamBadInputAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String BOOK = "after-bad-input";

	private static final String FAR = "-zzzzzzz";

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void aCursorThatIsOfNoUseToTheSharedStream(String service, Lectern lectern) throws Exception {
		Reader reader = new Reader(lectern);
		String other = reader.report(reader.start("fluent-python"), 0.5);
		String own = new Curator(lectern).write(BOOK, "Before " + System.nanoTime());
		Map<String, String> wrong = Map.of("nonsense", "unreadable-cursor", "x".repeat(4_000), "unreadable-cursor",
				other, "foreign-epoch", "0123456789ab-1", "foreign-epoch", epoch(own) + FAR, "future-cursor");
		for (Map.Entry<String, String> each : wrong.entrySet()) {
			try (Subscriber subscriber = Subscriber.to(lectern.url(service) + EVENTS,
					Map.of("Last-Event-ID", each.getKey()))) {
				long passed = assertReset(subscriber, each.getValue(), "/api/v1/books");
				String next = new Curator(lectern).write(BOOK, "After a reset " + System.nanoTime());
				// The gateway may begin a moment before the latest write, and misses
				// none.
				while (passed < Sequences.position(next)) {
					Subscriber.Frame frame = subscriber.nextEvent();
					assertThat(Sequences.position(frame.id())).as("the next event").isEqualTo(++passed);
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "progress-service" })
	void aCursorThatIsOfNoUseToAPrivateStream(String service, Lectern lectern) throws Exception {
		Reader reader = new Reader(lectern);
		String reading = reader.start("fluent-python");
		String own = reader.report(reading, 0.5);
		String other = new Curator(lectern).write(BOOK, "Before " + System.nanoTime());
		Map<String, String> wrong = Map.of("nonsense", "unreadable-cursor", other, "foreign-epoch", "0123456789ab-1",
				"foreign-epoch", epoch(own) + FAR, "future-cursor");
		int round = 0;
		for (Map.Entry<String, String> each : wrong.entrySet()) {
			try (Subscriber subscriber = follow(lectern, service, reader, each.getKey())) {
				assertReset(subscriber, each.getValue(), "/api/v1/readers/" + reader.handle() + "/readings");
				String next = reader.report(reading, ++round / 100.0);
				assertThat(subscriber.nextEvent().id()).as("the next event").isEqualTo(next);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "progress-service" })
	void aCursorOfAnotherReaderShowsNothingOfTheirs(String service, Lectern lectern) throws Exception {
		Reader ada = new Reader(lectern);
		Reader bob = new Reader(lectern);
		String adasReading = ada.start("fluent-python");
		String bobsReading = bob.start("fluent-python");
		String bobs = bob.report(bobsReading, 0.1);
		String adas = ada.report(adasReading, 0.2);
		bob.report(bobsReading, 0.3);
		try (Subscriber subscriber = follow(lectern, service, ada, bobs)) {
			assertIsOf(ada, subscriber.nextEvent(), adas);
			bob.report(bobsReading, 0.4);
			String next = ada.report(adasReading, 0.5);
			assertIsOf(ada, subscriber.nextEvent(), next);
		}
		assertProblem(ask(lectern.port(service), ada.stream(), bob.authorization()), 403, "forbidden");
	}

	private static void assertIsOf(Reader reader, Subscriber.Frame frame, String cursor) {
		assertThat(frame.data().path("reader").asString()).as("whose " + frame.lines()).isEqualTo(reader.handle());
		assertThat(frame.id()).as("next of " + frame.lines()).isEqualTo(cursor);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void anAfterThatIsInTheFuture(String service, Lectern lectern) throws Exception {
		String own = new Curator(lectern).write(BOOK, "Before " + System.nanoTime());
		for (String future : List.of(Instant.now().plus(Duration.ofDays(1)).toString(), epoch(own) + FAR)) {
			try (Subscriber subscriber = Subscriber.to(lectern.url(service) + EVENTS + "?after=" + future, Map.of())) {
				assertReset(subscriber, "future-cursor", "/api/v1/books");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void anAfterThatIsInThePast(String service, Lectern lectern) throws Exception {
		Curator curator = new Curator(lectern);
		String seen = curator.write(BOOK, "Seen " + System.nanoTime());
		Instant between = Instant.parse(at(lectern, service, seen));
		String missed = curator.write(BOOK, "Missed " + System.nanoTime());
		try (Subscriber subscriber = Subscriber.to(lectern.url(service) + EVENTS + "?after=" + between, Map.of())) {
			assertThat(subscriber.next().id()).isEqualTo(seen);
			assertThat(subscriber.nextEvent().id()).isEqualTo(missed);
		}
		try (Subscriber subscriber = Subscriber.to(lectern.url(service) + EVENTS + "?after=start", Map.of())) {
			assertThat(Sequences.position(subscriber.next().id())).isZero();
			assertThat(Sequences.position(subscriber.nextEvent().id())).isOne();
		}
		// What the client has seen counts more than where it once began.
		try (Subscriber subscriber = Subscriber.to(lectern.url(service) + EVENTS + "?after=start",
				Map.of("Last-Event-ID", seen))) {
			assertThat(subscriber.next().id()).isEqualTo(seen);
			assertThat(subscriber.nextEvent().id()).isEqualTo(missed);
		}
	}

	/** When an event was received, as its stream says. */
	private static String at(Lectern lectern, String service, String cursor) throws Exception {
		String before = epoch(cursor) + "-" + Long.toString(Sequences.position(cursor) - 1, Character.MAX_RADIX);
		try (Subscriber subscriber = Subscriber.to(lectern.url(service) + EVENTS, Map.of("Last-Event-ID", before))) {
			return subscriber.nextEvent().data().path("receivedAt").asString();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void anAcceptThatExcludesStreams(String service, Lectern lectern) throws Exception {
		assertProblem(ask(lectern.port(service), EVENTS, Map.of("Accept", "application/json")), 406, "not-acceptable");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void contentOnAStream(String service, Lectern lectern) throws Exception {
		for (Map<String, String> framing : List.of(Map.of("Content-Length", "5"),
				Map.of("Transfer-Encoding", "chunked"))) {
			Map<String, String> headers = new HashMap<>(framing);
			headers.put("Accept", "text/event-stream");
			try (RawStream stream = new RawStream(lectern.port(service), EVENTS, headers)) {
				stream.send(framing.containsKey("Content-Length") ? "hello" : "5\r\nhello\r\n0\r\n\r\n");
				assertThat(stream.readThrough("/problems/malformed")).startsWith("HTTP/1.1 400 ")
					.containsIgnoringCase("content-type: application/problem+json");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void aHundredHeaders(String service, Lectern lectern) throws Exception {
		Map<String, String> headers = new HashMap<>();
		for (int i = 0; i < 100; i++) {
			headers.put("X-Of-Mine-" + i, "value " + i);
		}
		try (RawStream stream = new RawStream(lectern.port(service), EVENTS, headers)) {
			assertThat(stream.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
			assertThat(stream.readThrough("\n\n")).contains("retry:", "id:");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void aFewBytesAfterTheRequestAreOverlooked(String service, Lectern lectern) throws Exception {
		try (RawStream stream = new RawStream(lectern.port(service), EVENTS, Map.of())) {
			assertThat(stream.readThrough("\n\n")).startsWith("HTTP/1.1 200 ");
			stream.send("0123456789");
			String next = new Curator(lectern).write(BOOK, "After noise " + System.nanoTime());
			assertThat(stream.readThrough(next)).contains("id:");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void aFloodAfterTheRequestIsCutOff(String service, Lectern lectern) throws Exception {
		double before = noise(lectern, service);
		try (RawStream stream = new RawStream(lectern.port(service), EVENTS, Map.of())) {
			stream.readThrough("\n\n");
			flood(stream);
			stream.readToItsEnd();
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(noise(lectern, service)).isEqualTo(before + 1));
	}

	private static void flood(RawStream stream) throws IOException {
		try {
			stream.send("x".repeat(100_000));
		}
		catch (SocketException _) {
			// It was cut off before all of it was sent.
		}
	}

	private static double noise(Lectern lectern, String service) {
		return lectern.meter(service, "lectern_stream_closed_total", "reason=\"noise\"");
	}

	@Test
	void aFloodOnAPrivateStreamIsCutOff(Lectern lectern) throws Exception {
		Reader reader = new Reader(lectern);
		double upstreams = upstreams(lectern);
		try (RawStream stream = new RawStream(lectern.port(), reader.stream(), reader.authorization())) {
			stream.readThrough("\n\n");
			flood(stream);
			stream.readToItsEnd();
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(upstreams(lectern)).isLessThanOrEqualTo(upstreams));
	}

	private static double upstreams(Lectern lectern) {
		return lectern.meter("gateway", "lectern_edge_upstreams", "/readers/");
	}

	private static Subscriber follow(Lectern lectern, String service, Reader reader, String lastId) {
		Map<String, String> headers = new HashMap<>(reader.authorization());
		headers.put("Last-Event-ID", lastId);
		return Subscriber.to(lectern.url(service) + reader.stream(), headers);
	}

	private static String epoch(String cursor) {
		return cursor.substring(0, cursor.indexOf('-'));
	}

	/** Answers the position that it begins after. */
	private static long assertReset(Subscriber subscriber, String reason, String read) throws Exception {
		Subscriber.Frame frame = subscriber.next();
		while (frame.line("event").isEmpty()) {
			assertThat(frame.line("data")).as("data before the reset").isEmpty();
			frame = subscriber.next();
		}
		assertThat(frame.line("event")).isEqualTo("reset");
		assertThat(frame.id()).isNotEmpty();
		assertThat(frame.data().path("reason").asString()).isEqualTo(reason);
		assertThat(URI.create(subscriber.url()).resolve(frame.data().path("read").asString()).getPath())
			.isEqualTo(read);
		return Sequences.position(frame.id());
	}

	private static Answer ask(int port, String path, Map<String, String> headers) throws IOException {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.exchange(Request.get(path, headers));
		}
	}

	private static void assertProblem(Answer answer, int status, String type) {
		assertThat(answer.head().status()).isEqualTo(status);
		assertThat(answer.head().headers()).containsEntry("Content-Type", "application/problem+json")
			.containsKey("X-Request-Id");
		JsonNode problem = Json.of(answer.body());
		assertThat(problem.path("type").asString()).isEqualTo("/problems/" + type);
		assertThat(problem.path("status").asInt()).isEqualTo(status);
	}

}
