package lectern.progress.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.Device;
import lectern.progress.model.Position;
import lectern.progress.model.RandomReadingHistory;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.model.ReferenceEventTimeReplay;
import lectern.progress.model.ReferenceEventTimeReplay.ReplayedReadingEvent;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readings as of an instant of event time, over a real log, compared with a plain fold of
 * the events.
 */
class EventTimeReadingsIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final int COMMANDS = 1_500;

	@AutoClose
	private final ProjectionFixture<TimelineProjection> fixture = new ProjectionFixture<>(
			(test) -> new TimelineProjection(new TimelineSegments(test.database, new JsonMapper()), test.log),
			EventLog::checkpoints);

	private final EventTimeReadings readings = new EventTimeReadings(
			new TimelineSegments(this.fixture.test.database, new JsonMapper()), this.fixture.test.log);

	/** Without a timeline, with one, and with one that many events have followed. */
	@Test
	void readingAtEveryInstantEqualsFoldOfEventsUpToIt() {
		List<List<ReadingEvent>> histories = Flux.range(0, 2)
			.map((number) -> new RandomReadingHistory(number).generate(COMMANDS))
			.collectList()
			.blockOptional(HANG_LIMIT)
			.orElseThrow();
		histories.forEach((history) -> assertThat(history).hasSizeGreaterThan(300));
		for (int part : List.of(0, 1, 2)) {
			for (int number = 0; number < histories.size(); number++) {
				List<ReadingEvent> history = histories.get(number);
				this.fixture
					.append(id(number), part * history.size() / 3, history.subList(0, (part + 1) * history.size() / 3))
					.block(HANG_LIMIT);
				assertEveryInstantMatchesReference(id(number), 3_989);
			}
			this.fixture.runner().start();
			awaitTimelines();
			for (int number = 0; number < histories.size(); number++) {
				assertEveryInstantMatchesReference(id(number), 997);
			}
			this.fixture.runner().stop();
		}
	}

	/** Its events have become stubs since the checkpoint was read. */
	@Test
	void checkpointOfErasedReaderIsPassedOver() {
		StoredEvent checkpoint = new StoredEvent(100, id(7), 100, "ada", "reading-finished", "a-book", NOON, NOON,
				new ReadingFinished(NOON));
		this.fixture.projection.apply(List.of(checkpoint)).block(HANG_LIMIT);
		assertThat(this.fixture.queryColumn("select stream from timeline")).isEmpty();
	}

	/**
	 * More readings than fit into one step, of different lengths, and the first has an
	 * event that arrives late.
	 */
	@Test
	void readingsThatReachCheckpointsTogetherAreContinuedTogether() {
		int readings = 70;
		List<ReadingEvent> history = new ArrayList<>(
				List.of(new ReadingStarted("ada", new BookSnapshot("a-book", "A Book", List.of()), null, NOON)));
		Random random = new Random(2);
		for (int index = 1; index < 300; index++) {
			history.add(report(random, index * 10, 1));
		}
		for (int number = 0; number < readings; number++) {
			appendAtOnce(id(number), history.subList(0, 100 * (1 + number % 3)));
		}
		this.fixture.projection.apply(checkpoints()).block(HANG_LIMIT);
		this.fixture.append("ada", id(0), 100, report(random, 5, 2)).block(HANG_LIMIT);
		appendAtOnce(id(0), history.subList(100, 199));
		appendAtOnce(id(1), history.subList(200, 300));

		this.fixture.projection.apply(checkpoints()).block(HANG_LIMIT);

		assertThat(this.fixture.queryColumn("select sum(cardinality(versions))::text from timeline_segment"))
			.containsExactly(Integer.toString(this.fixture.events().size()));
		assertThat(this.fixture.queryColumn("select stream from timeline_segment where document is null")).isEmpty();
		for (int number : List.of(0, 1, 2, readings - 1)) {
			assertEveryInstantMatchesReference(id(number), 7_919);
		}
	}

	private void appendAtOnce(String stream, List<ReadingEvent> events) {
		this.fixture.test.log
			.append(stream, this.fixture.events(stream).size(),
					events.stream().map((event) -> new NewEvent("ada", "a-book", event.occurredAt(), event)).toList())
			.block(HANG_LIMIT);
	}

	private List<StoredEvent> checkpoints() {
		return this.fixture.events()
			.stream()
			.filter((event) -> event.version() % EventLog.CHECKPOINT_INTERVAL == 0)
			.toList();
	}

	/** One device sends its oldest reports last, and new devices report in between. */
	@Test
	void lateEventsAreOrderedByEventTime() {
		Random random = new Random(1);
		List<ReadingEvent> history = new ArrayList<>(
				List.of(new ReadingStarted("ada", new BookSnapshot("a-book", "A Book", List.of()), null, NOON)));
		for (int index = 0; index < 400; index++) {
			history.add(report(random, index * 10, index % 3));
		}
		for (int index = 399; index >= -20; index--) {
			history.add(report(random, index * 10 + random.nextInt(10), 3 + index / 17));
		}
		this.fixture.runner().start();
		for (int from = 0; from < history.size(); from += 90) {
			this.fixture.append(id(1), from, history.subList(0, Math.min(history.size(), from + 90))).block(HANG_LIMIT);
			awaitTimelines();
			assertEveryInstantMatchesReference(id(1), 1_487);
		}
	}

	@Test
	void readingOfAnotherReaderIsNotFound() {
		this.fixture.append(id(1), 0, new RandomReadingHistory(1).generate(COMMANDS)).block(HANG_LIMIT);
		this.fixture.runner().start();
		awaitTimelines();
		assertThat(this.readings.findAt("eve", id(1), Instant.now(), Long.MAX_VALUE).blockOptional(HANG_LIMIT))
			.isEmpty();
		assertThat(this.readings.findAt("ada", id(2), Instant.now(), Long.MAX_VALUE).blockOptional(HANG_LIMIT))
			.isEmpty();
	}

	@Test
	void eventsAfterPositionAreIgnored() {
		List<ReadingEvent> history = new RandomReadingHistory(3).generate(COMMANDS);
		this.fixture.append(id(1), 0, history).block(HANG_LIMIT);
		StoredEvent last = this.fixture.events(id(1)).get(249);
		assertThat(this.readings.findAt("ada", id(1), Instant.now(), last.position()).block(HANG_LIMIT))
			.isEqualTo(referenceFold(this.fixture.events(id(1)).subList(0, 250), Instant.now()));
	}

	/**
	 * A rebuild gives the same result as incremental updates, also when it is
	 * interrupted.
	 */
	@Test
	void rebuildAfterRepeatedRestartsEqualsIncrementalResult() {
		this.fixture.runner().start();
		Flux.range(0, 3)
			.flatMap(
					(number) -> this.fixture.append(id(number), 0, new RandomReadingHistory(number).generate(COMMANDS)))
			.then()
			.block(HANG_LIMIT);
		awaitTimelines();
		List<String> before = storedRows();
		assertThat(before).hasSizeGreaterThan(8);
		this.fixture.test
			.execute("do $$ begin delete from projection; delete from timeline; delete from timeline_segment; end $$");
		this.fixture.restartRepeatedly().block(HANG_LIMIT);
		awaitTimelines();
		assertThat(storedRows()).isEqualTo(before);
	}

	private void awaitTimelines() {
		this.fixture.test.awaitTrue("""
				select (select count(*) from event where version % 100 = 0)
				    = (select count(*) from timeline_segment)
				""");
		// The runner does this only when it is idle.
		this.fixture.projection.onIdle().repeat(20).then().block(HANG_LIMIT);
		this.fixture.test.awaitTrue("select count(*) = 0 from timeline_segment where document is null");
	}

	private List<String> storedRows() {
		return this.fixture.queryColumn(
				"""
						select concat_ws(' ', stream, number, ends_at, instants, versions, document, through_version, last_status_at,
						    reader)
						from timeline_segment join timeline using (stream) order by stream, number
						""");
	}

	private void assertEveryInstantMatchesReference(String stream, int step) {
		List<StoredEvent> events = this.fixture.events(stream);
		List<Instant> instants = new ArrayList<>(List.of(Instant.EPOCH, Instant.MIN, Instant.now()));
		for (int second = -600; second < 45_000; second += step) {
			instants.add(NOON.plusSeconds(second));
		}
		events.stream()
			.map(StoredEvent::occurredAt)
			.filter((instant) -> instant.getEpochSecond() % 17 == 0)
			.forEach(instants::add);
		Flux.fromIterable(instants)
			.flatMap((until) -> this.readings.findAt("ada", stream, until, Long.MAX_VALUE)
				.singleOptional()
				.doOnNext((found) -> assertThat(found.orElse(null)).as("as of %s", until)
					.isEqualTo(referenceFold(events, until))), 8)
			.then()
			.block(HANG_LIMIT);
	}

	private static @Nullable ReadingDocument referenceFold(List<StoredEvent> events, Instant until) {
		ReadingDocument document = null;
		int version = 0;
		for (ReplayedReadingEvent replayed : ReferenceEventTimeReplay
			.of(events.stream().map((event) -> (ReadingEvent) event.payload()).toList(), until)) {
			StoredEvent event = events.get(replayed.index());
			version = Math.max(version, event.version());
			document = ReadingDocument.evolve(document, event.with(version, replayed.event()));
		}
		return document;
	}

	private static PositionReported report(Random random, int second, int device) {
		return new PositionReported(
				new Position(BigDecimal.valueOf(random.nextInt(101), 2), null, null, null,
						new Device("d" + device, null), NOON.plusSeconds(second)),
				null, random.nextBoolean(), null, false, null);
	}

	private static String id(int number) {
		return new UUID(7, number).toString();
	}

}
