package lectern.progress.erasure;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.progress.ErasingProgress;
import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.streaming.log.Cursor;
import lectern.streaming.sse.SseEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Erasing readers. The database has events of a crowd, among them of two readers who
 * leave, in minutes that are over.
 */
class ErasureIntegrationTests {

	/** Read the books "crowded", with eight others, and "small", with four others. */
	private static final String LEAVER = "lea-quits";

	/** Also read both; the account is deleted already, but nothing else. */
	private static final String INTERRUPTED = "interrupted";

	private static final List<String> READ_MODELS = List.of("current_reading", "reading_snapshot", "timeline_segment",
			"timeline", "reading_time", "finished_reading", "path_membership", "activity_reader", "activity",
			"projection");

	private static TestProgress progress;

	private static ErasedTraces traces;

	@BeforeAll
	static void start() {
		progress = ErasingProgress.shared();
		progress.addBook("left-book", "A Book", "Somebody");
		progress.addPath("left-path", "left-book");
		traces = new ErasedTraces(progress);
	}

	@Test
	void nothingOfTheReaderIsLeftAndPublicCountsStay() {
		awaitErased(INTERRUPTED);
		TestReader leaver = progress.reader(LEAVER);
		TestReading reading = leaver.start("left-book");
		String alias = UUID.randomUUID().toString();
		leaver.idempotencyKey("start-again")
			.post("/readings", "{\"book\":\"left-book\",\"id\":\"%s\"}".formatted(alias))
			.assertStatus(200);
		report(leaver, reading, 250);
		reading.plan("2100-01-01T00:00:00Z").assertStatus(201);
		leaver.put("/paths/left-path").assertStatus(201);
		String last = reading.finish().assertStatus(200).cursor();
		leaver.ifMatch("*").client().patch(leaver.path(), "{\"zone\":\"Europe/Rome\"}").assertStatus(200);
		String[] texts = { LEAVER, "Name of lea-quits", reading.id(), alias, "locator-of-lea" };
		progress.awaitTrue("select exists (select from event where reader = 'lea-quits' and type = 'gate-passed')");
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(traces.tablesWith(texts)).contains("account", "event", "idempotency_record",
					"current_reading", "reading_snapshot", "timeline", "reading_time", "finished_reading",
					"path_membership", "reading_alias"));
		List<JsonNode> counts = activity();
		assertThat(counts).extracting((item) -> item.at("/readers").asInt()).containsExactly(5, 5, 5, 5);
		long events = count("select count(*) from event where reader <> '~'");

		leaver.ifMatch("*").delete("").assertStatus(204);
		leaver.get("").assertProblem(401, "unauthenticated");

		awaitErased(LEAVER);
		assertThat(traces.tablesWith(texts)).isEmpty();
		assertThat(traces.tablesWith(INTERRUPTED)).isEmpty();
		assertThat(count("select count(*) from event where reader <> '~'")).as("stubs stay").isEqualTo(events);
		assertThat(count("select count(distinct reader) from event where reader like '~%' and book = 'crowded'"))
			.as("a token for each reader and minute")
			.isEqualTo(2 * (9 - count(
					"select count(distinct reader) from event where reader not like '~%' and book = 'crowded'")));
		assertThat(activity()).isEqualTo(counts);

		rebuild();
		assertThat(activity()).isEqualTo(counts);
		assertThat(traces.tablesWith(texts)).isEmpty();
		cursorsStillResume(last);
	}

	private static void cursorsStillResume(String last) {
		Cursor erased = Cursor.parse(last).orElseThrow();
		TestReader other = progress.reader("crowd-3");
		StepVerifier.create(
				other.events(erased.at(0).toString()).filter((event) -> event.data() != null).map(SseEvent::id).take(4))
			.expectNextCount(4)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(other.events(last).take(1))
			.assertNext((opening) -> assertThat(opening.text()).doesNotContain("reset"))
			.expectComplete()
			.verify(HANG_LIMIT);
		String first = erased.at(1).toString();
		StepVerifier.create(
				other.stream("/api/v1/activity/events?after=" + first).filter((event) -> event.data() != null).take(3))
			.expectNextCount(3)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void handleCanBeRegisteredAgainAndShowsNothingOfTheFormerReader() {
		TestReader former = progress.reader("reused");
		String cursor = former.start("left-book").report(0.5).assertStatus(200).cursor();
		former.ifMatch("*").client().patch(former.path(), "{\"policy\":\"furthest\"}").assertStatus(200);
		former.ifMatch("*").delete("").assertStatus(204);
		awaitErased("reused");

		ErasingProgress.register("reused").assertStatus(201);
		TestReader later = progress.reader("reused");
		assertThat(later.client().getAllItems(later.path() + "/readings")).isEmpty();
		assertThat(later.get("/export").text().lines()).hasSize(1);
		String before = Cursor.parse(cursor).orElseThrow().at(0).toString();
		Flux<String> own = later.events(before).map(SseEvent::text).filter((text) -> text.contains("reading-started"));
		String id = UUID.randomUUID().toString();
		StepVerifier.create(own.take(1))
			.then(() -> later.post("/readings", "{\"book\":\"left-book\",\"id\":\"%s\"}".formatted(id))
				.assertStatus(201))
			.assertNext((text) -> assertThat(text).contains(id))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	/** Its token belongs to no session, so only the log tells the other node. */
	@Test
	void otherNodeForgetsTheReader() {
		TestReader leaver = progress.newReader();
		try (TestProgress peer = progress.startPeer("lectern.progress.erasure.handle-retention=0s")) {
			TestReader there = peer.reader(leaver.handle(), leaver.token());
			TestReading reading = there.start("left-book");
			reading.report(0.5).assertStatus(200);
			leaver.ifMatch("*").delete("").assertStatus(204);
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.untilAsserted(() -> reading.report(0.6).assertProblem(401, "unauthenticated"));
			awaitErased(leaver.handle());
			assertThat(traces.tablesWith("\"" + leaver.handle() + "\"", reading.id())).isEmpty();
		}
	}

	@Test
	void restoredBackupIsErasedAgain() {
		TestReader leaver = progress.reader("crowd-9");
		leaver.ifMatch("*").delete("").assertStatus(204);

		try (TestProgress restored = ErasingProgress.startBackup()) {
			restored.awaitTrue("select not exists (select from event where reader = 'crowd-9')"
					+ " and not exists (select from erasure)");
			assertThat(new ErasedTraces(restored).tablesWith("crowd-9")).isEmpty();
			assertThat(new ErasedTraces(restored).tablesWith("crowd-8")).contains("account", "event");
		}
	}

	private static void report(TestReader reader, TestReading reading, int count) {
		String lines = IntStream.rangeClosed(1, count)
			.mapToObj((number) -> report(reading, number))
			.collect(Collectors.joining());
		assertThat(list(reader, lines)).doesNotContain("problem");
	}

	private static String report(TestReading reading, int number) {
		return "{\"key\":\"%d\",\"type\":\"report\",\"reading\":\"%s\",\"fraction\":0.5,\"locator\":\"locator-of-lea\"}\n"
			.formatted(number, reading.id());
	}

	private static String list(TestReader reader, String lines) {
		return reader.client()
			.contentType("application/x-ndjson")
			.post(reader.path() + "/commands", lines)
			.assertStatus(200)
			.text();
	}

	private static List<JsonNode> activity() {
		progress.awaitTrue(
				"select bool_and(position = (select position from log_head)) from projection where name = 'activity'");
		return progress.anonymous()
			.get("/api/v1/activity")
			.assertStatus(200)
			.at("/items")
			.valueStream()
			.filter((item) -> item.at("/minute").asString().startsWith("2026-01-01"))
			.toList();
	}

	private static void rebuild() {
		READ_MODELS.forEach((table) -> execute("delete from " + table));
		progress.awaitTrue("select count(*) = 5 from projection");
		progress.awaitTrue("select bool_and(position = (select position from log_head)) from projection"
				+ " where name in ('activity', 'current-reading', 'reading-time', 'path-membership')");
	}

	private static void awaitErased(String handle) {
		progress.awaitTrue("select not exists (select from erasure where reader = '" + handle + "')");
	}

	private static long count(String query) {
		return Objects.requireNonNull(progress.database().sql(query).mapValue(Long.class).one().block(HANG_LIMIT));
	}

	private static void execute(String statement) {
		progress.database().sql(statement).then().block(HANG_LIMIT);
	}

}
