package lectern.progress.stream;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.streaming.sse.SseEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A reader's live stream over HTTP. */
class ReaderStreamIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private static final String PATH = "/paths/streamed-architect";

	private final TestReader reader = PROGRESS.newReader();

	@BeforeAll
	static void addBook() {
		PROGRESS.addBook("fluent-python", "Fluent Python", "Luciano Ramalho", "[{\"label\":\"2nd\",\"pages\":400}]");
		PROGRESS.addPath("streamed-architect", "fluent-python");
	}

	@Test
	void streamHasOnlyOwnEventsThatMergeIntoTheDocument() {
		String opening = openingId();
		TestReading reading = this.reader.start("fluent-python", Instant.parse("2020-01-02T00:00:00Z"));
		reading.report("{\"fraction\":0.5,\"device\":{\"id\":\"kobo\"}}").assertStatus(200);
		PROGRESS.newReader().start("fluent-python").report(0.9).assertStatus(200);
		reading.report(0.7, Instant.parse("2020-01-01T00:00:00Z")).assertStatus(200);
		reading.finish().assertStatus(200);
		reading.plan("2999-01-01T00:00:00Z").assertProblem(409, "reading-finished");
		reading.reopen().assertStatus(200);
		reading.plan("2999-01-01T00:00:00Z").assertStatus(201);
		reading.ifMatch("*").removePlan().assertStatus(200);
		reading.ifMatch("*").patch("{\"edition\":\"2nd\"}").assertStatus(200);
		reading.report("{\"page\":200,\"chapter\":\"Five\"}").assertStatus(200);
		reading.ifMatch("*").patch("{\"edition\":null}").assertStatus(200);
		String cursor = reading.report(0.2).cursor();
		List<JsonNode> events = eventsAfter(opening, 11);
		assertThat(events).allMatch((event) -> event.path("reader").stringValue().equals(this.reader.handle()));
		assertThat(events).extracting((event) -> event.path("type").stringValue())
			.containsExactly("reading-started", "position-reported", "position-reported", "reading-finished",
					"reading-reopened", "plan-set", "plan-removed", "reading-edition-changed", "position-reported",
					"reading-edition-changed", "position-reported");
		assertThat(events.getLast().path("cursor").stringValue()).isEqualTo(cursor);
		assertThat(events.getFirst().propertyNames()).containsExactlyInAnyOrder("cursor", "type", "book", "reader",
				"reading", "version", "occurredAt", "receivedAt", "data");
		assertThat(events.get(2).path("data").propertyNames()).containsExactlyInAnyOrder("furthest", "version");
		ObjectNode copy = JsonMapper.shared().createObjectNode();
		// The data is a merge patch: null removes a member.
		events.forEach((event) -> event.path("data").forEachEntry((name, value) -> {
			if (value.isNull()) {
				copy.remove(name);
			}
			else {
				copy.set(name, value);
			}
		}));
		assertThat(copy).isEqualTo(reading.get("?seen=" + cursor).assertStatus(200).json());
	}

	@Test
	void pathEventHoldsThePathDocumentOfItsTime() {
		String opening = openingId();
		this.reader.put(PATH).assertStatus(201);
		JsonNode joined = this.reader.get(PATH).assertStatus(200).json();
		this.reader.post(PATH + "/gates/basics/waive").assertStatus(200);
		this.reader.ifMatch("*").delete(PATH).assertStatus(204);
		List<JsonNode> events = eventsAfter(opening, 3);
		assertThat(events).extracting((event) -> event.path("type").stringValue())
			.containsExactly("path-joined", "gate-waived", "path-left");
		assertThat(events).allSatisfy((event) -> {
			assertThat(event.propertyNames()).containsExactlyInAnyOrder("cursor", "type", "reader", "path", "version",
					"occurredAt", "receivedAt", "data");
			assertThat(event.path("version")).isEqualTo(event.at("/data/version"));
		});
		assertThat(events.getFirst().path("data")).isEqualTo(joined);
		assertThat(events.get(1).at("/data/gates/0/state").stringValue()).isEqualTo("waived");
		assertThat(events.getLast().at("/data/status").stringValue()).isEqualTo("left");
	}

	@Test
	void eventIsSentWhenCommitted() {
		String id = openingId();
		List<SseEvent> events = this.reader.events(id).take(2).index().doOnNext((event) -> {
			if (event.getT1() == 0) {
				Thread.startVirtualThread(() -> this.reader.start("fluent-python"));
			}
		}).map((event) -> event.getT2()).collectList().block(HANG_LIMIT);
		assertThat(events).hasSize(2);
		assertThat(events.getFirst().id()).isEqualTo(id);
		assertThat(events.getFirst().text()).contains("retry:");
		assertThat(events.getLast().isLogEvent()).isTrue();
		assertThat(events.getLast().dataText()).contains("\"type\":\"reading-started\"");
	}

	@Test
	void invalidCursorIsAnsweredWithReset() {
		for (String invalid : List.of("nonsense", "otherepoch-1", "%00", "a".repeat(500))) {
			SseEvent reset = Objects.requireNonNull(this.reader.events(invalid).take(2).blockLast(HANG_LIMIT));
			assertThat(reset.event()).as(invalid).isEqualTo("reset");
			assertThat(reset.dataText()).contains("\"read\":\"readings\"");
		}
	}

	@Test
	void rejectsUnknownParameterByName() {
		this.reader.get("/events?types=x").assertInvalidParameter("types");
	}

	/** Return the id with which a stream opened now starts. */
	private String openingId() {
		return Objects.requireNonNull(Objects.requireNonNull(this.reader.events(null).blockFirst(HANG_LIMIT)).id());
	}

	private List<JsonNode> eventsAfter(String id, int count) {
		return Objects.requireNonNull(this.reader.events(id)
			.filter(SseEvent::isLogEvent)
			.map((event) -> JsonMapper.shared().readTree(event.dataText()))
			.take(count)
			.collectList()
			.block(HANG_LIMIT));
	}

}
