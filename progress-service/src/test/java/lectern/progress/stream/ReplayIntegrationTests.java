package lectern.progress.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.netty.buffer.Unpooled;
import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseDecoder;
import lectern.streaming.sse.SseEvent;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The replay of a reader's history over HTTP. */
class ReplayIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	/** The cursors of the reader's events, in the order of the log. */
	private static final List<String> CURSORS = new ArrayList<>();

	private static TestReader reader;

	private static TestReading reading;

	@BeforeAll
	static void report() {
		PROGRESS.addBook("a-book", "A Book", "Somebody");
		PROGRESS.addPath("replayed-architect", "a-book");
		reader = PROGRESS.newReader();
		TestReader other = PROGRESS.newReader();
		TestApiResponse started = reader.post("/readings", "{\"book\":\"a-book\"}").assertStatus(201);
		CURSORS.add(started.cursor());
		reading = reader.reading(started.at("/id").stringValue());
		for (double fraction : new double[] { 0.3, 0.9, 0.5 }) {
			CURSORS.add(reading.report(fraction).assertStatus(200).cursor());
			other.start("a-book");
		}
		CURSORS.add(reader.put("/paths/replayed-architect").assertStatus(201).cursor());
		CURSORS.add(reading.report("""
				{"device":{"id":"a b","name":"Книга"},"fraction":0.70,"page":7,"chapter":"One, two"}""")
			.assertStatus(200)
			.cursor());
		other.start("a-book");
	}

	/** The history of this test is shorter than a second, so any speed is fast enough. */
	@ParameterizedTest
	@ValueSource(strings = { "", "?speed=1", "?speed=100000", "?speed=max" })
	void everySpeedReplaysAllEventsInOrder(String query) {
		String text = replay(query);
		assertThat(ids(text)).isEqualTo(CURSORS);
		assertThat(text).matches("(?s)retry:\\d{4}\n:lectern\nid:[a-z0-9]+-0\n\n.*")
			.containsPattern("event:end\nid:\\S+\ndata:\\{\"reason\":\"finished\"}\n\n$");
		List<JsonNode> events = events(text);
		assertThat(events).extracting((event) -> event.path("cursor").stringValue()).isEqualTo(CURSORS);
		assertThat(events).extracting((event) -> event.path("type").stringValue())
			.containsExactly("reading-started", "position-reported", "position-reported", "position-reported",
					"path-joined", "position-reported");
	}

	@Test
	void replayedBlocksEqualLiveBlocks() {
		List<String> live = Objects.requireNonNull(reader.events("start")
			.filter(SseEvent::isLogEvent)
			.map(SseEvent::text)
			.take(CURSORS.size())
			.collectList()
			.block(HANG_LIMIT));
		assertThat(logEvents(replay("?speed=max")).stream().map(SseEvent::text)).containsExactlyElementsOf(live);
	}

	@Test
	void replayMatchesReadingHistory() {
		List<String> history = reading.get("/history")
			.at("/items")
			.values()
			.stream()
			.map((entry) -> entry.path("cursor").stringValue())
			.toList();
		assertThat(events(replay("?speed=max")).stream()
			.filter((event) -> event.has("reading"))
			.map((event) -> event.path("cursor").stringValue())).containsExactlyElementsOf(history.reversed());
	}

	@Test
	void replaysRequestedRange() {
		assertThat(ids(replay("?speed=max&from=" + CURSORS.get(1) + "&to=" + CURSORS.get(3))))
			.isEqualTo(CURSORS.subList(2, 4));
		String instant = events(replay("?speed=max")).get(2).path("receivedAt").stringValue();
		assertThat(ids(replay("?speed=max&from=" + instant))).isEqualTo(CURSORS.subList(3, CURSORS.size()));
		assertThat(ids(replay("?speed=max&from=1815-12-10T00:00:00Z&to=" + instant))).isEqualTo(CURSORS.subList(0, 3));
	}

	@Test
	void replaysFromDateInZone() {
		assertThat(ids(replay("?speed=max&from=1815-12-10&zone=Europe/Rome"))).isEqualTo(CURSORS);
		assertInvalidParameter("from=1815-12-10", "", "from");
		assertInvalidParameter("from=1815-12-10&zone=Mars/Olympus", "", "zone");
	}

	@Test
	void resumesFromLastEventIdAndEndsWithNoContent() {
		String part = "?speed=max&from=" + CURSORS.getFirst() + "&to=" + CURSORS.get(4);
		assertThat(ids(replay(part, CURSORS.get(2)))).isEqualTo(CURSORS.subList(3, 5));
		assertThat(ids(replay(part, logStartCursor()))).isEqualTo(CURSORS.subList(1, 5));
		String all = replay("?speed=max");
		String end = all.substring(all.lastIndexOf("id:") + 3).lines().findFirst().orElseThrow();
		assertThat(end).isNotEqualTo(CURSORS.getLast());
		assertNoContent("?speed=max", end);
		assertNoContent("?speed=max&lastEventId=" + end, "");
		assertNoContent(part, CURSORS.get(4));
		assertNoContent(part, CURSORS.getLast());
		assertNoContent("?from=" + end, "");
		assertNoContent("?from=" + CURSORS.get(2) + "&to=" + CURSORS.get(2), "");
	}

	@Test
	void otherReadersReplayIsForbidden() {
		TestReader other = PROGRESS.newReader();
		other.client().get(reader.path() + "/replay").assertProblem(403, "forbidden");
		PROGRESS.anonymous().get(reader.path() + "/replay").assertProblem(401, "unauthenticated");
		assertThat(ids(replay("?speed=max"))).doesNotHaveDuplicates().isEqualTo(CURSORS);
		assertThat(ids(other.get("/replay?speed=max").assertStatus(200).text())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "speed=0,speed", "speed=-1,speed", "speed=1000000000,speed", "speed=100001,speed", "speed=fast,speed",
			"speed=1.5,speed", "speed=,speed", "speed=1e3,speed", "speed=NaN,speed", "speed=MAX,speed",
			"speed=1&speed=2,speed", "from=LAST&to=FIRST,from", "from=9999-01-01T00:00:00Z,from", "from=nonsense,from",
			"from=,from", "from=otherepoch-1,from", "from=FUTURE,from", "to=FUTURE,to", "to=nonsense,to",
			"to=9999-01-01T00:00:00Z,to", "to=otherepoch-1,to", "after=FIRST,after", "axis=occurred,axis" })
	void rejectsInvalidParameterByName(String query, String parameter) {
		assertInvalidParameter(query, "", parameter);
	}

	@Test
	void rejectsUnknownLastEventId() {
		for (String id : List.of("nonsense", "otherepoch-1", futureCursor())) {
			assertInvalidParameter("speed=max", id, "Last-Event-ID");
		}
	}

	private static void assertInvalidParameter(String query, String lastId, String parameter) {
		String sent = query.replace("LAST", CURSORS.getLast())
			.replace("FIRST", CURSORS.getFirst())
			.replace("FUTURE", futureCursor());
		get("?" + sent, lastId).assertInvalidParameter(parameter);
	}

	private static String replay(String query) {
		return replay(query, "");
	}

	private static String replay(String query, String lastId) {
		TestApiResponse response = get(query, lastId).assertStatus(200);
		assertThat(response.header("Content-Type")).startsWith("text/event-stream");
		assertThat(response.header("Cache-Control")).contains("no-store");
		return response.text();
	}

	private static void assertNoContent(String query, String lastId) {
		get(query, lastId).assertStatus(204);
	}

	private static TestApiResponse get(String query, String lastId) {
		return reader.client().with("Last-Event-ID", lastId).get(reader.path() + "/replay" + query);
	}

	private static List<SseEvent> logEvents(String text) {
		return new SseDecoder(SseClient.MAX_EVENT_BYTES).decode(Unpooled.wrappedBuffer(text.getBytes(UTF_8)))
			.stream()
			.filter(SseEvent::isLogEvent)
			.toList();
	}

	private static List<String> ids(String text) {
		return logEvents(text).stream().map(SseEvent::id).toList();
	}

	private static List<JsonNode> events(String text) {
		return logEvents(text).stream().map((event) -> JsonMapper.shared().readTree(event.dataText())).toList();
	}

	private static String logStartCursor() {
		return CURSORS.getFirst().replaceFirst("-.*", "-0");
	}

	private static String futureCursor() {
		return CURSORS.getFirst().replaceFirst("-.*", "-zzzzzzzz");
	}

}
