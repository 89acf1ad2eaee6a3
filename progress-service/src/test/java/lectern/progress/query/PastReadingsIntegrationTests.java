package lectern.progress.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.RandomReadingHistory;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingStatus;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Random readings as of a point in time, over a real log, with and without snapshots. */
class PastReadingsIntegrationTests {

	private static final int COMMANDS = 900;

	/** The position first, as the runner does: it locks the runner out. */
	private static final String DROP = """
			do $$ begin
			    delete from projection;
			    delete from current_reading;
			    delete from reading_snapshot;
			end $$
			""";

	@AutoClose
	private final ProjectionFixture<ReadingProjection> fixture = new ProjectionFixture<>(
			ReadingProjectionFixture::projection, EventLog::readAll);

	private final ReadingSnapshots snapshots = ReadingProjectionFixture.snapshots(this.fixture.test);

	private final PastReadings readings = new PastReadings(this.fixture.test.eventsByType, this.snapshots,
			new EventTimeReadings(new TimelineSegments(this.fixture.test.database, new JsonMapper()),
					this.fixture.test.log));

	@Test
	void readingAsOfEachCursorEqualsFoldOfPrefix() {
		append(3, 1, COMMANDS).block(HANG_LIMIT);
		List<StoredEvent> events = this.fixture.events();
		assertThat(events).extracting(StoredEvent::version).contains(250);
		assertEveryPrefixMatchesFold(events, 7);
		this.fixture.runner().start();
		awaitSnapshots();
		assertEveryPrefixMatchesFold(events, 1);
	}

	private void assertEveryPrefixMatchesFold(List<StoredEvent> events, int step) {
		Map<String, ReadingDocument> folds = new HashMap<>();
		List<Mono<Boolean>> checks = new ArrayList<>();
		for (int index = 0; index < events.size(); index++) {
			StoredEvent event = events.get(index);
			ReadingDocument expected = ReadingDocument.evolve(folds.get(event.stream()), event);
			folds.put(event.stream(), expected);
			if (index % step == 0) {
				checks.add(find(event.stream(), event.position()).map(expected::equals));
			}
		}
		assertThat(Flux.merge(Flux.fromIterable(checks), 8).collectList().block(HANG_LIMIT)).hasSize(checks.size())
			.containsOnly(true);
	}

	@Test
	void readingNotYetStartedOrOfAnotherReaderIsNotFound() {
		append(2, 2, 50).block(HANG_LIMIT);
		StoredEvent last = this.fixture.events().getLast();
		StoredEvent start = this.fixture.events()
			.stream()
			.filter((event) -> event.stream().equals(last.stream()))
			.findFirst()
			.orElseThrow();
		assertThat(findBlocking(last.stream(), start.position() - 1)).isNull();
		assertThat(findBlocking(last.stream(), start.position())).isNotNull();
		assertThat(findBlocking(last.stream(), 0)).isNull();
		assertThat(this.readings.find("eve", UUID.fromString(last.stream()), asOf(last.position())).block(HANG_LIMIT))
			.isNull();
		assertThat(list("eve", last.position(), null, null, 10)).isEmpty();
	}

	@Test
	void historyEqualsFoldOfEachPrefixNewestFirst() {
		append(2, 7, COMMANDS).block(HANG_LIMIT);
		this.fixture.runner().start();
		awaitSnapshots();
		List<StoredEvent> events = this.fixture.events();
		Cursor now = new Cursor("epochoftest", events.getLast().position());
		ReadingHistory history = new ReadingHistory(this.fixture.test.log, this.snapshots);
		for (String stream : events.stream().map(StoredEvent::stream).distinct().toList()) {
			List<StoredEvent> streamEvents = events.stream().filter((event) -> event.stream().equals(stream)).toList();
			List<HistoryEntry> expected = new ArrayList<>();
			ReadingDocument document = null;
			for (StoredEvent event : streamEvents) {
				document = ReadingDocument.evolve(document, event);
				expected.addFirst(HistoryEntry.of(now.at(event.position()), event, document));
			}
			List<HistoryEntry> walked = new ArrayList<>();
			for (int before = Integer.MAX_VALUE; before > 1; before = walked.getLast().version()) {
				walked.addAll(Objects.requireNonNull(
						history.findBefore("ada", UUID.fromString(stream), now, before, 37).block(HANG_LIMIT)));
			}
			assertThat(walked).isEqualTo(expected);
			assertThat(history.findBefore("eve", UUID.fromString(stream), now, Integer.MAX_VALUE, 1)
				.blockOptional(HANG_LIMIT)).isEmpty();
		}
	}

	@Test
	void listAsOfCursorContainsOnlyStartedReadings() {
		append(30, 3, 40).block(HANG_LIMIT);
		List<StoredEvent> events = this.fixture.events();
		for (int index = 0; index < events.size(); index += events.size() / 20) {
			long position = events.get(index).position();
			List<ReadingDocument> expected = events.subList(0, index + 1)
				.stream()
				.map(StoredEvent::stream)
				.distinct()
				.sorted()
				.map((stream) -> Objects.requireNonNull(findBlocking(stream, position)))
				.toList();
			assertThat(list("ada", position, null, null, 100)).isEqualTo(expected);
			for (ReadingStatus status : ReadingStatus.values()) {
				assertThat(list("ada", position, status, null, 100))
					.isEqualTo(expected.stream().filter((reading) -> reading.status() == status).toList());
			}
			if (expected.size() > 4) {
				assertThat(list("ada", position, null, expected.get(1).id(), 2)).isEqualTo(expected.subList(2, 4));
			}
		}
	}

	/** More readings than one page; the filter skips most of them. */
	@Test
	void listLongerThanOnePageIsComplete() {
		append(450, 4, 25).block(HANG_LIMIT);
		long position = this.fixture.events().getLast().position();
		List<ReadingDocument> all = list("ada", position, null, null, 1_000);
		assertThat(all).hasSizeGreaterThan(200)
			.hasSize((int) this.fixture.events().stream().map(StoredEvent::stream).distinct().count())
			.isSortedAccordingTo(Comparator.comparing((reading) -> reading.id().toString()));
		assertThat(list("ada", position, ReadingStatus.FINISHED, null, 1_000))
			.isEqualTo(all.stream().filter((reading) -> reading.status() == ReadingStatus.FINISHED).toList());
	}

	@Test
	void snapshotsRebuiltUnderLoadAndRestartsEqualIncrementalResult() {
		this.fixture.runner().start();
		append(3, 5, COMMANDS).block(HANG_LIMIT);
		awaitSnapshots();
		List<String> before = storedRows();
		assertThat(before).hasSizeGreaterThan(2);
		this.fixture.test.execute(DROP);
		Mono.when(append(3, 6, COMMANDS), this.fixture.restartRepeatedly()).block(HANG_LIMIT);
		awaitSnapshots();
		List<String> rebuilt = storedRows();
		assertThat(rebuilt).containsAll(before).hasSizeGreaterThan(before.size() + 2);
		this.fixture.test.execute(DROP);
		awaitSnapshots();
		assertThat(storedRows()).isEqualTo(rebuilt);
		assertEveryPrefixMatchesFold(this.fixture.events(), 11);
	}

	private void awaitSnapshots() {
		this.fixture.test.awaitTrue("""
				select (select count(*) from event where version % 100 = 0) = (select count(*) from reading_snapshot)
				""");
	}

	private List<String> storedRows() {
		return this.fixture.queryColumn(
				"select stream || position || version || reader || document from reading_snapshot order by position");
	}

	/** Append random readings concurrently. Each event is a commit of its own. */
	private Mono<Void> append(int readings, long seed, int commands) {
		return Flux.range(0, readings)
			.flatMap((number) -> this.fixture.append(
					new UUID(seed, new Random(seed * 1_000 + number).nextLong()).toString(), 0,
					new RandomReadingHistory(seed * 1_000 + number).generate(commands)), readings)
			.then();
	}

	private ReadingDocument findBlocking(String stream, long position) {
		return find(stream, position).block(HANG_LIMIT);
	}

	private Mono<ReadingDocument> find(String stream, long position) {
		return this.readings.find("ada", UUID.fromString(stream), asOf(position));
	}

	private List<ReadingDocument> list(String reader, long position, ReadingStatus status, UUID after, int limit) {
		return Objects
			.requireNonNull(this.readings.list(reader, asOf(position), status, null, after, limit).block(HANG_LIMIT));
	}

	private static AsOf asOf(long position) {
		return AsOf.at(new Cursor("epochoftest", position));
	}

}
