package lectern.acceptance;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.http.TextResponse;
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
 * The gateway and the service answer an invalid request for a stream with a problem.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class InvalidStreamRequestAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String BOOK = "after-bad-input";

	private static final String FUTURE_POSITION = "-zzzzzzz";

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void invalidCursorResetsSharedStream(String service, LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		String other = reader.reportPosition(reader.startReading("fluent-python"), 0.5);
		String own = new CuratorClient(lectern).saveBook(BOOK, "Before " + System.nanoTime());
		Map<String, String> wrong = Map.of("nonsense", "unreadable-cursor", "x".repeat(4_000), "unreadable-cursor",
				other, "foreign-epoch", "0123456789ab-1", "foreign-epoch", epoch(own) + FUTURE_POSITION,
				"future-cursor");
		for (Map.Entry<String, String> each : wrong.entrySet()) {
			try (RecordingStreamClient subscriber = RecordingStreamClient.connect(lectern.url(service) + EVENTS,
					Map.of("Last-Event-ID", each.getKey()))) {
				long passed = assertReset(subscriber, each.getValue(), "/api/v1/books");
				String next = new CuratorClient(lectern).saveBook(BOOK, "After a reset " + System.nanoTime());
				// The gateway may begin a moment before the latest write, and misses
				// none.
				while (passed < ReceivedSequences.positionOf(next)) {
					RecordingStreamClient.ReceivedFrame frame = subscriber.nextEvent();
					assertThat(ReceivedSequences.positionOf(frame.id())).as("the next event").isEqualTo(++passed);
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "progress-service" })
	void invalidCursorResetsPrivateStream(String service, LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		String reading = reader.startReading("fluent-python");
		String own = reader.reportPosition(reading, 0.5);
		String other = new CuratorClient(lectern).saveBook(BOOK, "Before " + System.nanoTime());
		Map<String, String> wrong = Map.of("nonsense", "unreadable-cursor", other, "foreign-epoch", "0123456789ab-1",
				"foreign-epoch", epoch(own) + FUTURE_POSITION, "future-cursor");
		int round = 0;
		for (Map.Entry<String, String> each : wrong.entrySet()) {
			try (RecordingStreamClient subscriber = subscribe(lectern, service, reader, each.getKey())) {
				assertReset(subscriber, each.getValue(), "/api/v1/readers/" + reader.handle() + "/readings");
				String next = reader.reportPosition(reading, ++round / 100.0);
				assertThat(subscriber.nextEvent().id()).as("the next event").isEqualTo(next);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "progress-service" })
	void cursorOfAnotherReaderRevealsNoForeignEvents(String service, LecternInstance lectern) throws Exception {
		ReaderClient ada = new ReaderClient(lectern);
		ReaderClient bob = new ReaderClient(lectern);
		String adasReading = ada.startReading("fluent-python");
		String bobsReading = bob.startReading("fluent-python");
		String bobs = bob.reportPosition(bobsReading, 0.1);
		String adas = ada.reportPosition(adasReading, 0.2);
		bob.reportPosition(bobsReading, 0.3);
		try (RecordingStreamClient subscriber = subscribe(lectern, service, ada, bobs)) {
			assertEventOf(ada, subscriber.nextEvent(), adas);
			bob.reportPosition(bobsReading, 0.4);
			String next = ada.reportPosition(adasReading, 0.5);
			assertEventOf(ada, subscriber.nextEvent(), next);
		}
		assertProblem(exchange(lectern.port(service), ada.streamPath(), bob.authorizationHeader()), 403, "forbidden");
	}

	private static void assertEventOf(ReaderClient reader, RecordingStreamClient.ReceivedFrame frame, String cursor) {
		assertThat(frame.data().path("reader").asString()).as("whose " + frame.lines()).isEqualTo(reader.handle());
		assertThat(frame.id()).as("next of " + frame.lines()).isEqualTo(cursor);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void malformedOrFutureAfterParameterIsRejected(String service, LecternInstance lectern) throws Exception {
		String own = new CuratorClient(lectern).saveBook(BOOK, "Before " + System.nanoTime());
		for (String after : List.of(Instant.now().plus(Duration.ofDays(1)).toString(), epoch(own) + FUTURE_POSITION,
				"nonsense", "2026-11-28", "2026-11-28T12:00:00+01:00")) {
			TextResponse answer = exchange(lectern.port(service), EVENTS + "?after=" + after, Map.of());
			assertProblem(answer, 400, "invalid-parameter");
			assertThat(JsonTrees.parse(answer.body()).at("/errors/0/parameter").asString()).isEqualTo("after");
		}
	}

	/** Clients that cannot set a header resume with a parameter of their own. */
	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void lastEventIdParameterResumesStream(String service, LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String seen = curator.saveBook(BOOK, "Seen " + System.nanoTime());
		String missed = curator.saveBook(BOOK, "Missed " + System.nanoTime());
		try (RecordingStreamClient subscriber = RecordingStreamClient
			.connect(lectern.url(service) + EVENTS + "?after=start&lastEventId=" + seen, Map.of())) {
			assertThat(subscriber.nextFrame().id()).isEqualTo(seen);
			assertThat(subscriber.nextEvent().id()).isEqualTo(missed);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void pastAfterParameterStartsStreamThere(String service, LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String seen = curator.saveBook(BOOK, "Seen " + System.nanoTime());
		Instant between = Instant.parse(receivedAt(lectern, service, seen));
		String missed = curator.saveBook(BOOK, "Missed " + System.nanoTime());
		try (RecordingStreamClient subscriber = RecordingStreamClient
			.connect(lectern.url(service) + EVENTS + "?after=" + between, Map.of())) {
			assertThat(subscriber.nextFrame().id()).isEqualTo(seen);
			assertThat(subscriber.nextEvent().id()).isEqualTo(missed);
		}
		try (RecordingStreamClient subscriber = RecordingStreamClient
			.connect(lectern.url(service) + EVENTS + "?after=start", Map.of())) {
			assertThat(ReceivedSequences.positionOf(subscriber.nextFrame().id())).isZero();
			assertThat(ReceivedSequences.positionOf(subscriber.nextEvent().id())).isOne();
		}
		// The last event id takes precedence over the original start position.
		try (RecordingStreamClient subscriber = RecordingStreamClient
			.connect(lectern.url(service) + EVENTS + "?after=start", Map.of("Last-Event-ID", seen))) {
			assertThat(subscriber.nextFrame().id()).isEqualTo(seen);
			assertThat(subscriber.nextEvent().id()).isEqualTo(missed);
		}
	}

	/** The time of receipt in the event's data. */
	private static String receivedAt(LecternInstance lectern, String service, String cursor) throws Exception {
		String before = epoch(cursor) + "-"
				+ Long.toString(ReceivedSequences.positionOf(cursor) - 1, Character.MAX_RADIX);
		try (RecordingStreamClient subscriber = RecordingStreamClient.connect(lectern.url(service) + EVENTS,
				Map.of("Last-Event-ID", before))) {
			return subscriber.nextEvent().data().path("receivedAt").asString();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void acceptWithoutEventStreamIsNotAcceptable(String service, LecternInstance lectern) throws Exception {
		for (String accept : List.of("application/json", "text/event-stream;q=0, application/json",
				"text/event-stream;q=0, */*")) {
			assertProblem(exchange(lectern.port(service), EVENTS, Map.of("Accept", accept)), 406, "not-acceptable");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void requestBodyOnStreamIsRejected(String service, LecternInstance lectern) throws Exception {
		for (Map<String, String> framing : List.of(Map.of("Content-Length", "5"),
				Map.of("Transfer-Encoding", "chunked"))) {
			Map<String, String> headers = new HashMap<>(framing);
			headers.put("Accept", "text/event-stream");
			try (RawStreamClient stream = new RawStreamClient(lectern.port(service), EVENTS, headers)) {
				stream.send(framing.containsKey("Content-Length") ? "hello" : "5\r\nhello\r\n0\r\n\r\n");
				assertThat(stream.readUntil("/problems/malformed")).startsWith("HTTP/1.1 400 ")
					.containsIgnoringCase("content-type: application/problem+json");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void requestWithHundredHeadersIsAccepted(String service, LecternInstance lectern) throws Exception {
		Map<String, String> headers = new HashMap<>();
		for (int i = 0; i < 100; i++) {
			headers.put("X-Of-Mine-" + i, "value " + i);
		}
		try (RawStreamClient stream = new RawStreamClient(lectern.port(service), EVENTS, headers)) {
			assertThat(stream.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
			assertThat(stream.readUntil("\n\n")).contains("retry:", "id:");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void fewBytesAfterRequestAreIgnored(String service, LecternInstance lectern) throws Exception {
		try (RawStreamClient stream = new RawStreamClient(lectern.port(service), EVENTS, Map.of())) {
			assertThat(stream.readUntil("\n\n")).startsWith("HTTP/1.1 200 ");
			stream.send("0123456789");
			String next = new CuratorClient(lectern).saveBook(BOOK, "After noise " + System.nanoTime());
			assertThat(stream.readUntil(next)).contains("id:");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "catalog-service" })
	void floodAfterRequestClosesConnection(String service, LecternInstance lectern) throws Exception {
		double before = protocolViolations(lectern, service);
		try (RawStreamClient stream = new RawStreamClient(lectern.port(service), EVENTS, Map.of())) {
			stream.readUntil("\n\n");
			flood(stream);
			stream.awaitClose();
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(protocolViolations(lectern, service)).isEqualTo(before + 1));
	}

	private static void flood(RawStreamClient stream) throws IOException {
		try {
			stream.send("x".repeat(100_000));
		}
		catch (SocketException _) {
			// The connection was cut before everything was sent.
		}
	}

	private static double protocolViolations(LecternInstance lectern, String service) {
		return lectern.sumMeter(service, "lectern_stream_closed_total", "reason=\"protocol-violation\"");
	}

	@Test
	void floodOnPrivateStreamClosesConnection(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		double upstreams = upstreamCount(lectern);
		try (RawStreamClient stream = new RawStreamClient(lectern.port(), reader.streamPath(),
				reader.authorizationHeader())) {
			stream.readUntil("\n\n");
			flood(stream);
			stream.awaitClose();
		}
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(upstreamCount(lectern)).isLessThanOrEqualTo(upstreams));
	}

	private static double upstreamCount(LecternInstance lectern) {
		return lectern.sumMeter("gateway", "lectern_edge_upstreams", "/readers/");
	}

	private static RecordingStreamClient subscribe(LecternInstance lectern, String service, ReaderClient reader,
			String lastId) {
		Map<String, String> headers = new HashMap<>(reader.authorizationHeader());
		headers.put("Last-Event-ID", lastId);
		return RecordingStreamClient.connect(lectern.url(service) + reader.streamPath(), headers);
	}

	private static String epoch(String cursor) {
		return cursor.substring(0, cursor.indexOf('-'));
	}

	/** Return the position after which the stream starts. */
	private static long assertReset(RecordingStreamClient subscriber, String reason, String read) throws Exception {
		RecordingStreamClient.ReceivedFrame frame = subscriber.nextFrame();
		while (frame.field("event").isEmpty()) {
			assertThat(frame.field("data")).as("data before the reset").isEmpty();
			frame = subscriber.nextFrame();
		}
		assertThat(frame.field("event")).isEqualTo("reset");
		assertThat(frame.id()).isNotEmpty();
		assertThat(frame.data().path("reason").asString()).isEqualTo(reason);
		assertThat(URI.create(subscriber.url()).resolve(frame.data().path("read").asString()).getPath())
			.isEqualTo(read);
		return ReceivedSequences.positionOf(frame.id());
	}

	private static TextResponse exchange(int port, String path, Map<String, String> headers) throws IOException {
		try (HttpConnection connection = HttpConnection.connect(port)) {
			return connection.exchange(TextRequest.get(path, headers));
		}
	}

	private static void assertProblem(TextResponse answer, int status, String type) {
		assertThat(answer.head().status()).isEqualTo(status);
		assertThat(answer.head().headers()).containsEntry("Content-Type", "application/problem+json")
			.containsKey("X-Request-Id");
		JsonNode problem = JsonTrees.parse(answer.body());
		assertThat(problem.path("type").asString()).isEqualTo("/problems/" + type);
		assertThat(problem.path("status").asInt()).isEqualTo(status);
	}

}
