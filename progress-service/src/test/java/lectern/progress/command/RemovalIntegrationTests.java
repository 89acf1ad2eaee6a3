package lectern.progress.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import lectern.progress.ReadingFixture;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.streaming.sse.SseEvent;
import lectern.web.IdempotencyKey;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Removing readings, and undoing removals and restores, over HTTP. */
class RemovalIntegrationTests extends ReadingFixture {

	private static final String START = "{\"book\":\"a-book\"}";

	@Test
	void removedReadingIsInNoViewAndReturnsByUndo() {
		TestApiResponse reported = this.reading.report(0.4).assertStatus(200);
		TestApiResponse removed = remove().assertVersion(3).assertMember("/reading/removed", true);
		String seen = "?seen=" + removed.cursor();
		assertGone(this.reading.get(seen));
		assertGone(this.reading.get("?asOf=" + removed.cursor()));
		assertGone(this.reading.get("/forecast"));
		assertGone(this.reading.command("/what-if", "{\"commands\":[]}"));
		assertGone(this.reading.report(0.5));
		assertGone(this.reading.finish());
		assertGone(this.reading.ifMatch("\"3\"").restore(reported.cursor()));
		for (String list : List.of("", "&order=recent", "&status=reading", "&book=a-book")) {
			assertThat(this.reader.get("/readings" + seen + list).assertStatus(200).at("/items")).isEmpty();
		}
		assertThat(this.reader.get("/readings?asOf=" + removed.cursor()).at("/items")).isEmpty();

		TestApiResponse returned = undo(undo(removed)).assertStatus(200)
			.assertVersion(4)
			.assertMember("/undo", null)
			.assertMember("/reading/id", this.reading.id())
			.assertMember("/reading/removed", null)
			.assertMember("/reading/position/fraction", 0.4);
		assertThat(this.reading.get("?seen=" + returned.cursor()).assertStatus(200).json())
			.isEqualTo(returned.at("/reading"));
		assertThat(this.reader.get("/readings").at("/items")).hasSize(1);
		this.reading.report(0.5).assertStatus(200);
	}

	@Test
	void earlierPastStillHasRemovedReading() {
		String reported = this.reading.report(0.4, Instant.now().minusSeconds(60)).assertStatus(200).cursor();
		Instant before = Instant.now();
		TestApiResponse removed = remove();
		for (String axis : List.of("received", "occurred")) {
			this.reading.get("?axis=" + axis + "&asOf=" + reported).assertStatus(200).assertMember("/removed", null);
			assertThat(this.reader.get("/readings?axis=" + axis + "&asOf=" + before).at("/items")).hasSize(1);
			assertThat(this.reader.get("/readings?axis=" + axis + "&asOf=" + removed.cursor()).at("/items")).isEmpty();
		}
		assertThat(this.reading.get("/history").assertStatus(200).at("/items/0/type").stringValue())
			.isEqualTo("reading-removed");
	}

	@Test
	void removalNeedsIfMatchAndCanBeRepeated() {
		this.reader.delete("/readings/" + this.reading.id()).assertProblem(428, "precondition-required");
		delete("\"7\"").assertProblem(412, "precondition-failed").assertVersion(1);
		TestApiResponse removed = delete("\"1\"").assertStatus(200).assertCursor();
		for (String tag : List.of("\"1\"", "\"2\"", "*")) {
			TestApiResponse again = delete(tag).assertStatus(200).assertVersion(2);
			assertThat(again.json()).isEqualTo(removed.json());
		}
		assertThat(this.reader.eventTypes()).containsExactly("reading-started", "reading-removed");
		TestReading missing = this.reader.reading(UUID.randomUUID().toString());
		this.reader.ifMatch("*").delete("/readings/" + missing.id()).assertProblem(412, "precondition-failed");
		TestReader other = PROGRESS.newReader();
		other.ifMatch("*").delete("/readings/" + this.reading.id()).assertProblem(404, "not-found");
	}

	@Test
	void undoIsTakenOnlyOnce() {
		String undo = undo(remove());
		undo(undo).assertStatus(200);
		undo(undo).assertProblem(409, "undo-impossible");
		undo(undo(remove())).assertStatus(200);
		TestApiResponse removedAgain = remove();
		undo(undo).assertProblem(409, "undo-impossible");
		undo(undo(removedAgain)).assertStatus(200);
	}

	@Test
	void keyReplaysUndo() {
		String undo = undo(remove());
		TestApiResponse first = this.reader.idempotencyKey("undo").post("/undo", json(undo)).assertStatus(200);
		this.reading.report(0.7).assertStatus(200);
		TestApiResponse again = this.reader.idempotencyKey("undo")
			.post("/undo", json(undo))
			.assertStatus(200)
			.assertHeader(IdempotencyKey.REPLAYED, "true")
			.assertHeader("Cursor", first.cursor());
		assertThat(again.text()).isEqualTo(first.text());
	}

	@Test
	void removalFreesTheBookAndUndoTakesItAgain() {
		String undo = undo(remove());
		String other = this.reader.post("/readings", START).assertStatus(201).at("/id").stringValue();
		undo(undo).assertProblem(409, "undo-impossible").assertMember("/reading", other);
		this.reader.reading(other).finish().assertStatus(200);
		undo(undo).assertStatus(200);
		this.reader.post("/readings", START).assertStatus(200).assertMember("/id", this.reading.id());
		this.reader.reading(other).reopen().assertProblem(409, "other-reading-open");
	}

	/** It is not open, so it does not matter that another one is. */
	@Test
	void finishedReadingIsReturnedWhileAnotherIsOpen() {
		this.reading.finish().assertStatus(200);
		String undo = undo(remove());
		this.reader.post("/readings", START).assertStatus(201);
		undo(undo).assertStatus(200).assertMember("/reading/status", "finished");
	}

	@Test
	void idOfRemovedReadingIsNotReused() {
		remove();
		this.reader.post("/readings", "{\"book\":\"a-book\",\"id\":\"%s\"}".formatted(this.reading.id()))
			.assertProblem(409, "reading-id-taken");
	}

	@Test
	void restoreIsUndoneWhileNothingElseHasMovedThePosition() {
		String earlier = this.reading.report(0.2).assertStatus(200).cursor();
		this.reading.report(0.9).assertStatus(200);
		String undo = undo(this.reading.restore(earlier).assertStatus(200));
		String redo = undo(undo(undo).assertStatus(200).assertMember("/reading/position/fraction", 0.9));
		undo(undo).assertProblem(409, "undo-impossible");
		undo(redo).assertStatus(200).assertMember("/reading/position/fraction", 0.2);
		String late = undo(this.reading.restore(undo).assertStatus(200));
		this.reading.report(0.95).assertStatus(200);
		undo(late).assertProblem(409, "undo-impossible");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "", "otherepoch1-1", "2026-01-01T00:00:00Z" })
	void rejectsUndoThatWasNotGiven(String undo) {
		undo(undo).assertInvalidMember("/undo");
		assertThat(this.reader.eventCount()).isEqualTo(1);
	}

	@Test
	void rejectsCursorsAndUndosOfOthers() {
		String undo = undo(remove());
		undo(this.reading.get("/history").at("/items/0/cursor").stringValue()).assertInvalidMember("/undo");
		PROGRESS.newReader().post("/undo", json(undo)).assertInvalidMember("/undo");
		this.reader.post("/undo", "{}").assertInvalidMember("/undo");
		this.reader.post("/undo", "{\"undo\":7}").assertInvalidMember("/undo");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void statisticsAreWithoutRemovedReading(boolean finished) {
		Instant now = Instant.now();
		this.reading.report(0.1, now.minus(Duration.ofDays(2))).assertStatus(200);
		this.reading.report(0.2, now.minus(Duration.ofDays(1))).assertStatus(200);
		if (finished) {
			this.reading.finish().assertStatus(200);
		}
		TestReading kept = this.reader.start("a-book");
		kept.report(0.5, now.minus(Duration.ofDays(1))).assertStatus(200);
		String before = kept.finish().assertStatus(200).cursor();
		TestApiResponse removed = remove();
		assertStatistics("seen=" + removed.cursor(), 1, 1);
		assertStatistics("asOf=" + removed.cursor(), 1, 1);
		TestApiResponse returned = undo(undo(removed)).assertStatus(200);
		assertStatistics("seen=" + returned.cursor(), 2, finished ? 2 : 1);
		assertStatistics("asOf=" + returned.cursor(), 2, finished ? 2 : 1);
		assertStatistics("asOf=" + before, 2, finished ? 2 : 1);
	}

	@Test
	void streamTellsRemovalAndReturnAsMergePatch() {
		AtomicReference<TestApiResponse> removed = new AtomicReference<>();
		StepVerifier
			.create(this.reader.events("start").filter(SseEvent::isLogEvent).map(RemovalIntegrationTests::data).take(3))
			.assertNext((event) -> assertThat(event.path("type").stringValue()).isEqualTo("reading-started"))
			.then(() -> removed.set(remove()))
			.assertNext((event) -> {
				assertThat(event.path("type").stringValue()).isEqualTo("reading-removed");
				assertThat(event.path("data").toString()).isEqualTo("{\"removed\":true,\"version\":2}");
			})
			.then(() -> undo(undo(removed.get())).assertStatus(200))
			.assertNext((event) -> {
				assertThat(event.path("type").stringValue()).isEqualTo("reading-returned");
				assertThat(event.path("data").toString()).isEqualTo("{\"removed\":null,\"version\":3}");
			})
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	private static JsonNode data(SseEvent event) {
		return new JsonMapper().readTree(Objects.requireNonNull(event.data()));
	}

	private void assertStatistics(String query, int daysRead, int finished) {
		this.reader.get("/statistics?" + query)
			.assertStatus(200)
			.assertMember("/daysRead", daysRead)
			.assertMember("/finished", finished);
	}

	private TestApiResponse remove() {
		return delete("*").assertStatus(200);
	}

	private TestApiResponse delete(String ifMatch) {
		return this.reader.ifMatch(ifMatch).delete("/readings/" + this.reading.id());
	}

	private TestApiResponse undo(String undo) {
		return this.reader.post("/undo", json(undo));
	}

	private static String undo(TestApiResponse response) {
		return response.at("/undo").stringValue();
	}

	private static String json(String undo) {
		return "{\"undo\":\"%s\"}".formatted(undo);
	}

	private static void assertGone(TestApiResponse response) {
		assertThat(response.assertProblem(404, "not-found").at("/detail").stringValue()).contains("removed");
	}

}
