package lectern.progress.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import lectern.progress.account.ProgressFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A reader's stream over real HTTP. */
class ReaderStreamIntegrationTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static ProgressFixture progress;

	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.addBook("fluent-python", "Fluent Python", "Luciano Ramalho");
		progress.addPath("architect", "fluent-python");
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void streamHasOnlyOwnEventsThatMergeIntoTheDocument() {
		String opening = id(blocks("ada", null, 1).getFirst());
		String address = startedReading("ada");
		report("ada", address, "{\"fraction\":0.5,\"device\":{\"id\":\"kobo\"}}");
		report("eve", startedReading("eve"), "{\"fraction\":0.9}");
		report("ada", address, "{\"fraction\":0.7,\"occurredAt\":\"2020-01-01T00:00:00Z\"}");
		String cursor = report("ada", address, "{\"fraction\":0.2}");
		List<JsonNode> events = blocks("ada", opening, 5).stream()
			.filter((block) -> block.contains("\ndata:"))
			.map((block) -> MAPPER.readTree(block.substring(block.indexOf("\ndata:") + 6)))
			.toList();
		assertThat(events).hasSize(4).allMatch((event) -> event.path("reader").stringValue().equals("ada"));
		assertThat(events).extracting((event) -> event.path("type").stringValue())
			.containsExactly("reading-started", "position-reported", "position-reported", "position-reported");
		assertThat(events.getLast().path("cursor").stringValue()).isEqualTo(cursor);
		assertThat(events.getFirst().propertyNames()).containsExactlyInAnyOrder("cursor", "type", "book", "reader",
				"reading", "version", "occurredAt", "receivedAt", "data");
		assertThat(events.get(2).path("data").propertyNames()).containsExactlyInAnyOrder("furthest", "version");
		ObjectNode copy = MAPPER.createObjectNode();
		events.forEach((event) -> event.path("data").forEachEntry(copy::set));
		String shown = progress.clientOf("ada")
			.get()
			.uri(address + "?seen=" + cursor)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(copy).isEqualTo(MAPPER.readTree(shown));
	}

	@Test
	void pathEventHoldsThePathDocumentOfItsTime() {
		String opening = id(blocks("linus", null, 1).getFirst());
		String address = "/api/v1/readers/linus/paths/architect";
		call("linus", HttpMethod.PUT, address).expectStatus().isCreated();
		JsonNode shown = MAPPER.readTree(call("linus", HttpMethod.GET, address).expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
		call("linus", HttpMethod.POST, address + "/gates/basics/waive").expectStatus().isOk();
		call("linus", HttpMethod.DELETE, address).expectStatus().isNoContent();
		List<JsonNode> events = blocks("linus", opening, 4).stream()
			.filter((block) -> block.contains("\ndata:"))
			.map((block) -> MAPPER.readTree(block.substring(block.indexOf("\ndata:") + 6)))
			.toList();
		assertThat(events).extracting((event) -> event.path("type").stringValue())
			.containsExactly("path-joined", "gate-waived", "path-left");
		assertThat(events).allSatisfy((event) -> {
			assertThat(event.propertyNames()).containsExactlyInAnyOrder("cursor", "type", "reader", "path", "version",
					"occurredAt", "receivedAt", "data");
			assertThat(event.path("version")).isEqualTo(event.path("data").path("version"));
		});
		assertThat(events.getFirst().path("data")).isEqualTo(shown);
		assertThat(events.get(1).path("data").path("gates").get(0).path("state").stringValue()).isEqualTo("waived");
		assertThat(events.getLast().path("data").path("status").stringValue()).isEqualTo("left");
	}

	@Test
	void eventIsSentWhenCommitted() {
		String id = id(blocks("grace", null, 1).getFirst());
		List<String> seen = blocks("grace", id, 2, (_) -> Thread.startVirtualThread(() -> startedReading("grace")));
		assertThat(seen.getFirst()).contains("retry:").contains("id:" + id);
		assertThat(seen.getLast()).contains("\"type\":\"reading-started\"").doesNotContain("event:");
	}

	@Test
	void invalidCursorIsAnsweredWithReset() {
		for (String nonsense : List.of("nonsense", "otherepoch-1", "%00", "a".repeat(500))) {
			assertThat(blocks("ada", nonsense, 2).getLast()).as(nonsense)
				.startsWith("event:reset\nid:")
				.contains("\"read\":\"readings\"");
		}
	}

	@Test
	void rejectsUnknownParameterByName() {
		progress.clientOf("ada")
			.get()
			.uri("/api/v1/readers/ada/events?types=x")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].parameter")
			.isEqualTo("types");
	}

	private static List<String> blocks(String reader, @Nullable String lastId, int count) {
		return blocks(reader, lastId, count, (_) -> {
		});
	}

	/** So many blocks of a connection; the action is taken at the first. */
	private static List<String> blocks(String reader, @Nullable String lastId, int count, Consumer<String> atFirst) {
		String token = progress.token(reader);
		List<String> seen = new ArrayList<>();
		StringBuilder pending = new StringBuilder();
		HttpClient.create().host("127.0.0.1").port(progress.port()).headers((headers) -> {
			headers.set("Authorization", "Bearer " + token);
			if (lastId != null) {
				headers.set("Last-Event-ID", lastId);
			}
		})
			.get()
			.uri("/api/v1/readers/" + reader + "/events")
			.responseContent()
			.asString()
			.concatMapIterable((chunk) -> completeBlocks(pending.append(chunk)))
			.filter((block) -> !block.matches("retry:\\d+\n\n"))
			.doOnNext((block) -> {
				if (seen.isEmpty()) {
					atFirst.accept(block);
				}
				seen.add(block);
			})
			.take(count)
			.takeUntil((_) -> seen.size() == count)
			.timeout(Duration.ofSeconds(3), Flux.empty())
			.then()
			.block(HANG_LIMIT);
		return seen;
	}

	/** Take the blocks that have come whole: a chunk may end anywhere. */
	private static List<String> completeBlocks(StringBuilder pending) {
		List<String> blocks = new ArrayList<>();
		for (int end = pending.indexOf("\n\n"); end >= 0; end = pending.indexOf("\n\n")) {
			blocks.add(pending.substring(0, end + 2));
			pending.delete(0, end + 2);
		}
		return blocks;
	}

	private static String id(String block) {
		return block.substring(block.indexOf("id:") + 3).strip();
	}

	private static String startedReading(String reader) {
		return Objects
			.requireNonNull(post(reader, "/api/v1/readers/" + reader + "/readings", Map.of("book", "fluent-python"))
				.expectStatus()
				.isCreated()
				.expectBody()
				.returnResult()
				.getResponseHeaders()
				.getLocation())
			.toString();
	}

	private static String report(String reader, String address, String content) {
		return Objects.requireNonNull(post(reader, address + "/positions", content).expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getFirst("Cursor"));
	}

	private static WebTestClient.ResponseSpec call(String reader, HttpMethod method, String path) {
		return progress.clientOf(reader).method(method).uri(path).headers((headers) -> {
			if (method == HttpMethod.DELETE) {
				headers.setIfMatch("*");
			}
		}).exchange();
	}

	private static WebTestClient.ResponseSpec post(String reader, String path, Object content) {
		return progress.clientOf(reader)
			.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(content)
			.exchange();
	}

}
