package lectern.progress.stream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import lectern.progress.account.ProgressFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A reader's past, played back over real HTTP. */
class ReplayIntegrationTests {

	private static final String REPLAY = "/api/v1/readers/ada/replay";

	private static final JsonMapper MAPPER = new JsonMapper();

	/** Of ada's events, in the order of the log. */
	private static final List<String> CURSORS = new ArrayList<>();

	private static ProgressFixture progress;

	private static WebTestClient ada;

	private static String reading;

	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.addBook("a-book", "A Book", "Somebody");
		progress.addPath("architect", "a-book");
		ada = progress.clientOf("ada");
		EntityExchangeResult<byte[]> started = write("ada", HttpMethod.POST, "/api/v1/readers/ada/readings",
				"{\"book\":\"a-book\"}");
		reading = Objects.requireNonNull(started.getResponseHeaders().getFirst("Location"));
		recordCursor(started);
		for (String fraction : List.of("0.3", "0.9", "0.5")) {
			recordCursor(write("ada", HttpMethod.POST, reading + "/positions", "{\"fraction\":" + fraction + "}"));
			write("eve", HttpMethod.POST, "/api/v1/readers/eve/readings", "{\"book\":\"a-book\"}");
		}
		recordCursor(write("ada", HttpMethod.PUT, "/api/v1/readers/ada/paths/architect", "{}"));
		recordCursor(write("ada", HttpMethod.POST, reading + "/positions",
				"{\"device\":{\"id\":\"a b\",\"name\":\"Книга\"},\"fraction\":0.70,\"page\":7,\"chapter\":\"One, two\"}"));
		write("eve", HttpMethod.POST, "/api/v1/readers/eve/readings", "{\"book\":\"a-book\"}");
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	/** The test's own past is shorter than a second. */
	@ParameterizedTest
	@ValueSource(strings = { "", "?speed=1", "?speed=100000", "?speed=max" })
	void everySpeedReplaysAllEventsInOrder(String query) {
		String played = replay(query, "");
		assertThat(ids(played)).isEqualTo(CURSORS);
		assertThat(played).matches("(?s)retry:\\d{4}\n:lectern\nid:[a-z0-9]+-0\n\n.*")
			.endsWith("event:end\ndata:{\"reason\":\"finished\"}\n\n");
		List<JsonNode> events = events(played);
		assertThat(events).extracting((event) -> event.path("cursor").stringValue()).isEqualTo(CURSORS);
		assertThat(events).extracting((event) -> event.path("type").stringValue())
			.containsExactly("reading-started", "position-reported", "position-reported", "position-reported",
					"path-joined", "position-reported");
	}

	@Test
	void replayedBlocksEqualLiveBlocks() {
		String present = progress.clientOf("ada")
			.get()
			.uri("/api/v1/readers/ada/events?after=start")
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(DataBuffer.class)
			.getResponseBody()
			.map((buffer) -> buffer.toString(StandardCharsets.UTF_8))
			.scan(String::concat)
			.filter((text) -> blocks(text.substring(0, text.lastIndexOf("\n\n") + 2)).size() == CURSORS.size())
			.blockFirst(HANG_LIMIT);
		assertThat(blocks(replay("?speed=max", ""))).isEqualTo(blocks(Objects.requireNonNull(present)));
	}

	@Test
	void replayMatchesReadingHistory() {
		JsonNode history = MAPPER.readTree(ada.get()
			.uri(reading + "/history")
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
		List<String> told = history.path("items")
			.values()
			.stream()
			.map((entry) -> entry.path("cursor").stringValue())
			.toList();
		assertThat(events(replay("?speed=max", "")).stream()
			.filter((event) -> event.has("reading"))
			.map((event) -> event.path("cursor").stringValue())).containsExactlyElementsOf(told.reversed());
	}

	@Test
	void replaysRequestedRange() {
		assertThat(ids(replay("?speed=max&from=" + CURSORS.get(1) + "&to=" + CURSORS.get(3), "")))
			.isEqualTo(CURSORS.subList(2, 4));
		String instant = events(replay("?speed=max", "")).get(2).path("receivedAt").stringValue();
		assertThat(ids(replay("?speed=max&from=" + instant, ""))).isEqualTo(CURSORS.subList(3, CURSORS.size()));
		assertThat(ids(replay("?speed=max&from=1815-12-10T00:00:00Z&to=" + instant, "")))
			.isEqualTo(CURSORS.subList(0, 3));
	}

	@Test
	void resumesFromLastEventIdAndEndsWithNoContent() {
		String part = "?speed=max&from=" + CURSORS.getFirst() + "&to=" + CURSORS.get(4);
		assertThat(ids(replay(part, CURSORS.get(2)))).isEqualTo(CURSORS.subList(3, 5));
		assertThat(ids(replay(part, beginning()))).isEqualTo(CURSORS.subList(1, 5));
		String all = replay("?speed=max", "");
		String end = all.substring(all.lastIndexOf("id:") + 3).replaceFirst("(?s)\n.*", "");
		assertThat(end).isNotEqualTo(CURSORS.getLast());
		assertNoContent("?speed=max", end);
		assertNoContent(part, CURSORS.get(4));
		assertNoContent(part, CURSORS.getLast());
		assertNoContent("?from=" + end, "");
		assertNoContent("?from=" + CURSORS.get(2) + "&to=" + CURSORS.get(2), "");
	}

	@Test
	void otherReadersReplayIsForbidden() {
		ada.get().uri("/api/v1/readers/eve/replay").exchange().expectStatus().isForbidden();
		progress.anonymousClient().get().uri(REPLAY).exchange().expectStatus().isUnauthorized();
		assertThat(ids(replay("?speed=max", ""))).doesNotHaveDuplicates().isEqualTo(CURSORS);
		String nothing = progress.clientOf("nobody")
			.get()
			.uri("/api/v1/readers/nobody/replay?speed=max")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(ids(Objects.requireNonNull(nothing))).isEmpty();
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
		for (String id : List.of("nonsense", "otherepoch-1", CURSORS.getFirst().replaceFirst("-.*", "-zzzzzzzz"))) {
			assertInvalidParameter("speed=max", id, "Last-Event-ID");
		}
	}

	private static void assertInvalidParameter(String query, String lastId, String parameter) {
		String sent = query.replace("LAST", CURSORS.getLast())
			.replace("FIRST", CURSORS.getFirst())
			.replace("FUTURE", CURSORS.getFirst().replaceFirst("-.*", "-zzzzzzzz"));
		ada.get()
			.uri(URI.create("http://127.0.0.1:" + progress.port() + REPLAY + "?" + sent))
			.header("Last-Event-ID", lastId)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].parameter")
			.isEqualTo(parameter);
	}

	private static String replay(String query, String lastId) {
		Instant begun = Instant.now();
		String played = ada.get()
			.uri(REPLAY + query)
			.header("Last-Event-ID", lastId)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.expectHeader()
			.valueMatches("Cache-Control", ".*no-store.*")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(Duration.between(begun, Instant.now())).isLessThan(HANG_LIMIT);
		return Objects.requireNonNull(played);
	}

	private static void assertNoContent(String query, String lastId) {
		ada.get().uri(REPLAY + query).header("Last-Event-ID", lastId).exchange().expectStatus().isNoContent();
	}

	/** Of the events alone, not of the places passed. */
	private static List<String> ids(String played) {
		return blocks(played).stream().map((block) -> block.substring(3, block.indexOf('\n'))).toList();
	}

	private static List<JsonNode> events(String played) {
		return blocks(played).stream()
			.map((block) -> MAPPER.readTree(block.substring(block.indexOf("\ndata:") + 6)))
			.toList();
	}

	private static List<String> blocks(String played) {
		return List.of(played.split("\n\n"))
			.stream()
			.filter((block) -> block.startsWith("id:") && block.contains("\ndata:"))
			.toList();
	}

	private static String beginning() {
		return CURSORS.getFirst().replaceFirst("-.*", "-0");
	}

	private static void recordCursor(EntityExchangeResult<byte[]> answer) {
		CURSORS.add(Objects.requireNonNull(answer.getResponseHeaders().getFirst("Cursor")));
	}

	private static EntityExchangeResult<byte[]> write(String reader, HttpMethod method, String path, String content) {
		return progress.clientOf(reader)
			.method(method)
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(content)
			.exchange()
			.expectStatus()
			.is2xxSuccessful()
			.expectBody()
			.returnResult();
	}

}
