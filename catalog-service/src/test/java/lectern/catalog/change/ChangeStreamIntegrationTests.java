package lectern.catalog.change;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import lectern.catalog.RecordedStream;
import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The change stream over HTTP. */
class ChangeStreamIntegrationTests {

	private static final String STREAM = "/catalog/events";

	private static final String PATH = "{\"title\":\"%s\",\"gates\":[{\"id\":\"only\",\"title\":\"Only\"}]}";

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final TestApiClient anonymous = this.catalog.anonymous();

	private final List<RecordedStream> streams = new ArrayList<>();

	@AfterEach
	void closeStreams() {
		this.streams.forEach(RecordedStream::close);
	}

	@Test
	void streamOpensWithRetryDelayAndCursor() {
		ServerSentEvent<String> opening = open("").opening();
		assertThat(opening.retry()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
		assertThat(opening.comment()).isNotNull();
		assertThat(opening.id()).isNotEmpty();
		assertThat(opening.data()).isNull();
	}

	@Test
	void responseHeadersForbidCachingAndBuffering() {
		HttpHeaders headers = Objects.requireNonNull(this.anonymous.request(HttpMethod.GET, STREAM)
			.exchangeToFlux(
					(response) -> response.bodyToFlux(byte[].class).map((_) -> response.headers().asHttpHeaders()))
			.blockFirst(HANG_LIMIT));
		assertThat(headers.getContentType()).isEqualTo(MediaType.TEXT_EVENT_STREAM);
		assertThat(headers.getCacheControl()).isEqualTo("no-store, no-transform");
		assertThat(headers.getFirst("X-Accel-Buffering")).isEqualTo("no");
	}

	@Test
	void writeIsStreamedWithCursorAndDocument() {
		RecordedStream stream = open("?book=streamed");
		String cursor = this.catalog.saveBook("streamed", "{\"title\":\"Streamed\"}").cursor();
		ServerSentEvent<String> event = stream.events(1).getFirst();
		assertThat(event.id()).isEqualTo(cursor);
		assertThat(event.event()).isNull();
		JsonNode data = stream.data(1).getFirst();
		assertThat(data.propertyNames()).containsExactly("cursor", "type", "book", "version", "occurredAt",
				"receivedAt", "data");
		assertThat(data.get("cursor").asString()).isEqualTo(cursor);
		assertThat(data.get("type").asString()).isEqualTo("book-added");
		assertThat(data.get("data")).isEqualTo(this.anonymous.get("/books/streamed").json());
	}

	@Test
	void resumeFromOpeningCursorLosesNoEvent() {
		String opening = Objects.requireNonNull(open("?book=missed").opening().id());
		write("missed", 3);
		RecordedStream resumed = resume("?book=missed", opening);
		assertThat(resumed.versions(3)).containsExactly(1, 2, 3);
		this.catalog.saveBook("missed", "{\"title\":\"Live\"}");
		assertThat(resumed.versions(4)).containsExactly(1, 2, 3, 4);
	}

	@Test
	void resumeContinuesAfterLastEventId() {
		RecordedStream first = open("?book=resumed");
		write("resumed", 4);
		String second = Objects.requireNonNull(first.events(4).get(1).id());
		assertThat(resume("?book=resumed", second).versions(2)).containsExactly(3, 4);
		assertThat(open("?book=resumed&after=" + second).versions(2)).containsExactly(3, 4);
		assertThat(open("?book=resumed&after=start").versions(4)).containsExactly(1, 2, 3, 4);
	}

	@Test
	void streamContinuesFromCursorOfRead() {
		write("snapshot", 2);
		String read = this.anonymous.get("/books/snapshot").cursor();
		this.catalog.saveBook("snapshot", "{\"title\":\"Later\"}");
		assertThat(open("?book=snapshot&after=" + read).versions(1)).containsExactly(3);
	}

	@Test
	void replayFromStartKeepsLogOrder() {
		write("in-order", 2);
		int count = (int) this.catalog.changeCount();
		RecordedStream stream = open("?after=start");
		assertThat(stream.events(count)).extracting(ServerSentEvent::id).doesNotHaveDuplicates();
		List<String> logged = Objects.requireNonNull(this.catalog.database()
			.sql("select type || subject || version from change order by position")
			.map((row) -> row.get(0, String.class))
			.all()
			.collectList()
			.block(HANG_LIMIT));
		assertThat(stream.data(count).stream().map((event) -> {
			JsonNode subject = event.has("book") ? event.get("book") : event.get("path");
			return event.get("type").asString() + subject.asString() + event.get("version").asInt();
		})).isEqualTo(logged.subList(0, count));
	}

	@ParameterizedTest
	@CsvSource({ "nonsense, unreadable-cursor", "otherepoch-1, foreign-epoch", "'a b\u00e9', unreadable-cursor" })
	void invalidCursorSendsReset(String lastEventId, String reason) {
		List<ServerSentEvent<String>> frames = resume("", lastEventId).frames(2);
		ServerSentEvent<String> reset = frames.getLast();
		assertThat(reset.event()).isEqualTo("reset");
		assertThat(reset.id()).isEqualTo(frames.getFirst().id());
		assertThat(reset.data()).isEqualTo("{\"reason\":\"" + reason + "\",\"read\":\"/api/v1/books\"}");
	}

	@Test
	void typeFilterSelectsEvents() {
		RecordedStream paths = open("?types=path-added,path-changed");
		RecordedStream added = open("?types=book-added&book=typed");
		write("typed", 2);
		this.curator.put("/paths/typed", PATH.formatted("First")).assertStatus(201);
		this.curator.ifMatch("\"1\"").put("/paths/typed", PATH.formatted("Second")).assertStatus(200);
		assertThat(paths.data(2)).extracting((event) -> event.get("type").asString())
			.containsExactly("path-added", "path-changed");
		assertThat(paths.data(2).getLast().get("path").asString()).isEqualTo("typed");
		assertThat(added.versions(1)).containsExactly(1);
		assertThat(added.events().take(Duration.ofMillis(300)).count().block(HANG_LIMIT)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "type=book-added, type", "types=book-eaten, types", "types=, types", "book=No+Id, book", "book=, book",
			"book=a&book=b, book", "limit=5, limit" })
	void rejectsInvalidParameter(String query, String parameter) {
		this.anonymous.get(STREAM + "?" + query).assertInvalidParameter(parameter);
	}

	@Test
	void headRequestCompletesWithoutBody() {
		assertThat(this.anonymous.head(STREAM).assertStatus(200).text()).isEmpty();
	}

	@Test
	void rejectsUnacceptableMediaType() {
		this.anonymous.with("Accept", "application/json").get(STREAM).assertProblem(406, "not-acceptable");
	}

	private void write(String book, int versions) {
		for (int version = 1; version <= versions; version++) {
			this.catalog.saveBook(book, "{\"title\":\"%d\"}".formatted(version));
		}
	}

	private RecordedStream open(String parameters) {
		return record(this.anonymous, parameters);
	}

	private RecordedStream resume(String parameters, String lastEventId) {
		return record(this.anonymous.with("Last-Event-ID", lastEventId), parameters);
	}

	private RecordedStream record(TestApiClient client, String parameters) {
		RecordedStream stream = RecordedStream.open(client, parameters);
		this.streams.add(stream);
		return stream;
	}

}
