package lectern.catalog.change;

import java.time.Duration;
import java.util.List;

import lectern.catalog.CatalogFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The change stream over HTTP. */
class ChangeStreamIntegrationTests extends CatalogFixture {

	private static final String STREAM = "/api/v1/catalog/events";

	private static final String PATH = "{\"title\":\"%s\",\"gates\":[{\"id\":\"only\",\"title\":\"Only\"}]}";

	@Test
	void streamOpensWithRetryDelayAndCursor() {
		ServerSentEvent<String> opening = stream(STREAM, null).blockFirst(HANG_LIMIT);
		assertThat(opening.retry()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
		assertThat(opening.comment()).isNotNull();
		assertThat(opening.id()).isNotEmpty();
		assertThat(opening.data()).isNull();
	}

	@Test
	void responseHeadersForbidCachingAndBuffering() {
		HttpHeaders headers = WebClient.create()
			.get()
			.uri(address(STREAM))
			.exchangeToFlux(
					(response) -> response.bodyToFlux(byte[].class).map((_) -> response.headers().asHttpHeaders()))
			.blockFirst(HANG_LIMIT);
		assertThat(headers.getContentType()).isEqualTo(MediaType.TEXT_EVENT_STREAM);
		assertThat(headers.getCacheControl()).isEqualTo("no-store, no-transform");
		assertThat(headers.getFirst("X-Accel-Buffering")).isEqualTo("no");
	}

	@Test
	void writeIsStreamedWithCursorAndDocument() {
		Flux<ServerSentEvent<String>> stream = stream(STREAM + "?book=streamed", null);
		String cursor = cursor(put("/api/v1/books/streamed", "{\"title\":\"Streamed\"}"));
		ServerSentEvent<String> event = events(stream, 1).getFirst();
		assertThat(event.id()).isEqualTo(cursor);
		assertThat(event.event()).isNull();
		JsonNode data = this.mapper.readTree(event.data());
		assertThat(data.propertyNames()).containsExactly("cursor", "type", "book", "version", "occurredAt",
				"receivedAt", "data");
		assertThat(data.get("cursor").asString()).isEqualTo(cursor);
		assertThat(data.get("type").asString()).isEqualTo("book-added");
		assertThat(data.get("data")).isEqualTo(get("/api/v1/books/streamed"));
	}

	@Test
	void resumeFromOpeningCursorLosesNoEvent() {
		String opening = stream(STREAM + "?book=missed", null).blockFirst(HANG_LIMIT).id();
		write("missed", 3);
		Flux<ServerSentEvent<String>> resumed = stream(STREAM + "?book=missed", opening);
		assertThat(versions(events(resumed, 3))).containsExactly(1, 2, 3);
		put("/api/v1/books/missed", "{\"title\":\"Live\"}", (headers) -> headers.setIfMatch("\"3\""));
		assertThat(versions(events(resumed, 4))).containsExactly(1, 2, 3, 4);
	}

	@Test
	void resumeContinuesAfterLastEventId() {
		Flux<ServerSentEvent<String>> first = stream(STREAM + "?book=resumed", null);
		write("resumed", 4);
		String second = events(first, 4).get(1).id();
		assertThat(versions(events(stream(STREAM + "?book=resumed", second), 2))).containsExactly(3, 4);
		assertThat(versions(events(stream(STREAM + "?book=resumed&after=" + second, null), 2))).containsExactly(3, 4);
		assertThat(versions(events(stream(STREAM + "?book=resumed&after=start", null), 4))).containsExactly(1, 2, 3, 4);
	}

	@Test
	void streamContinuesFromCursorOfRead() {
		write("snapshot", 2);
		String read = cursor(this.anonymous.get().uri("/api/v1/books/snapshot").exchange());
		put("/api/v1/books/snapshot", "{\"title\":\"Later\"}", (headers) -> headers.setIfMatch("*"));
		assertThat(versions(events(stream(STREAM + "?book=snapshot&after=" + read, null), 1))).containsExactly(3);
	}

	@Test
	void replayFromStartKeepsLogOrder() {
		write("in-order", 2);
		List<ServerSentEvent<String>> all = events(stream(STREAM + "?after=start", null), (int) changeCount());
		assertThat(all).extracting(ServerSentEvent::id).doesNotHaveDuplicates();
		List<String> logged = this.database
			.sql("select type || subject || version as line from change order by position")
			.map((row) -> row.get("line", String.class))
			.all()
			.collectList()
			.block(HANG_LIMIT);
		assertThat(all.stream().map((event) -> this.mapper.readTree(event.data())).map((event) -> {
			JsonNode subject = event.has("book") ? event.get("book") : event.get("path");
			return event.get("type").asString() + subject.asString() + event.get("version").asInt();
		})).isEqualTo(logged.subList(0, all.size()));
	}

	@ParameterizedTest
	@CsvSource({ "nonsense, unreadable-cursor", "otherepoch-1, foreign-epoch", "'a b\u00e9', unreadable-cursor" })
	void invalidCursorSendsReset(String lastEventId, String reason) {
		List<ServerSentEvent<String>> frames = stream(STREAM, lastEventId).take(2).collectList().block(HANG_LIMIT);
		ServerSentEvent<String> reset = frames.getLast();
		assertThat(reset.event()).isEqualTo("reset");
		assertThat(reset.id()).isEqualTo(frames.getFirst().id());
		assertThat(reset.data()).isEqualTo("{\"reason\":\"" + reason + "\",\"read\":\"/api/v1/books\"}");
	}

	@Test
	void typeFilterSelectsEvents() {
		Flux<ServerSentEvent<String>> paths = stream(STREAM + "?types=path-added,path-changed", null);
		Flux<ServerSentEvent<String>> added = stream(STREAM + "?types=book-added&book=typed", null);
		write("typed", 2);
		put("/api/v1/paths/typed", PATH.formatted("First")).expectStatus().isCreated();
		put("/api/v1/paths/typed", PATH.formatted("Second"), (headers) -> headers.setIfMatch("\"1\"")).expectStatus()
			.isOk();
		assertThat(events(paths, 2)).extracting((event) -> this.mapper.readTree(event.data()).get("type").asString())
			.containsExactly("path-added", "path-changed");
		assertThat(this.mapper.readTree(events(paths, 2).getLast().data()).get("path").asString()).isEqualTo("typed");
		assertThat(versions(events(added, 1))).containsExactly(1);
		assertThat(added.filter((event) -> event.data() != null).take(Duration.ofMillis(300)).count().block(HANG_LIMIT))
			.isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "type=book-added, type", "types=book-eaten, types", "types=, types", "book=No+Id, book", "book=, book",
			"book=a&book=b, book", "limit=5, limit" })
	void rejectsInvalidParameter(String query, String parameter) {
		expectInvalidParameter(this.anonymous.get().uri(address(STREAM + "?" + query)).exchange(), parameter);
	}

	@Test
	void headRequestCompletesWithoutBody() {
		this.anonymous.head().uri(STREAM).exchange().expectStatus().isOk().expectBody().isEmpty();
	}

	@Test
	void rejectsUnacceptableMediaType() {
		expectProblem(this.anonymous.get().uri(STREAM).header("Accept", "application/json").exchange(),
				HttpStatus.NOT_ACCEPTABLE, "not-acceptable");
	}

	private void write(String book, int versions) {
		put("/api/v1/books/" + book, "{\"title\":\"1\"}").expectStatus().isCreated();
		for (int version = 2; version <= versions; version++) {
			put("/api/v1/books/" + book, "{\"title\":\"" + version + "\"}", (headers) -> headers.setIfMatch("*"))
				.expectStatus()
				.isOk();
		}
	}

	private static List<ServerSentEvent<String>> events(Flux<ServerSentEvent<String>> stream, int count) {
		return stream.filter((event) -> event.data() != null).take(count).collectList().block(HANG_LIMIT);
	}

	private List<Integer> versions(List<ServerSentEvent<String>> events) {
		return events.stream().map((event) -> this.mapper.readTree(event.data()).get("version").asInt()).toList();
	}

}
