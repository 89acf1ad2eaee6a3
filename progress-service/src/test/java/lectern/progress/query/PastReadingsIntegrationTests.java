package lectern.progress.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ReadingStatus;
import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.TestLog;
import lectern.progress.model.RandomHistory;
import lectern.streaming.Cursor;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The past of random readings over a real log, with and without snapshots. */
class PastReadingsIntegrationTests {

	private static final int COMMANDS = 900;

	@AutoClose
	private final KeptView<ReadingSnapshots> view = new KeptView<>(
			(test) -> new ReadingSnapshots(test.database, test.log, new JsonMapper()), EventLog::milestones);

	private final PastReadings readings = new PastReadings(this.view.test.database, this.view.projection,
			new OccurredReadings(new TimelineSegments(this.view.test.database, new JsonMapper()), this.view.test.log));

	@Test
	void aViewAsOfEachCursorIsTheFoldOfWhatWasBefore() {
		append(3, 1, COMMANDS).block(HANG_LIMIT);
		List<StoredEvent> events = this.view.events();
		assertThat(events).extracting(StoredEvent::version).contains(250);
		everyPrefixIsShown(events, 7);
		this.view.runner().start();
		awaitSnapshots();
		everyPrefixIsShown(events, 1);
	}

	private void everyPrefixIsShown(List<StoredEvent> events, int step) {
		Map<String, ReadingDocument> folds = new HashMap<>();
		List<Mono<Boolean>> checks = new ArrayList<>();
		for (int at = 0; at < events.size(); at++) {
			StoredEvent event = events.get(at);
			ReadingDocument expected = ReadingDocument.after(folds.get(event.stream()), event);
			folds.put(event.stream(), expected);
			if (at % step == 0) {
				checks.add(finding(event.stream(), event.position()).map(expected::equals));
			}
		}
		assertThat(Flux.merge(Flux.fromIterable(checks), 8).collectList().block(HANG_LIMIT)).hasSize(checks.size())
			.containsOnly(true);
	}

	@Test
	void whatHadNotBegunOrIsSomebodyElsesIsNotThere() {
		append(2, 2, 50).block(HANG_LIMIT);
		StoredEvent last = this.view.events().getLast();
		StoredEvent begin = this.view.events()
			.stream()
			.filter((event) -> event.stream().equals(last.stream()))
			.findFirst()
			.orElseThrow();
		assertThat(find(last.stream(), begin.position() - 1)).isNull();
		assertThat(find(last.stream(), begin.position())).isNotNull();
		assertThat(find(last.stream(), 0)).isNull();
		assertThat(
				this.readings.find("eve", UUID.fromString(last.stream()), vantage(last.position())).block(HANG_LIMIT))
			.isNull();
		assertThat(list("eve", last.position(), null, null, 10)).isEmpty();
	}

	@Test
	void historyIsTheFoldOfEachPrefixTheNewestFirst() {
		append(2, 7, COMMANDS).block(HANG_LIMIT);
		this.view.runner().start();
		awaitSnapshots();
		List<StoredEvent> events = this.view.events();
		Cursor now = new Cursor("epochoftest", events.getLast().position());
		ReadingHistory history = new ReadingHistory(this.view.test.log, this.view.projection);
		for (String stream : events.stream().map(StoredEvent::stream).distinct().toList()) {
			List<StoredEvent> own = events.stream().filter((event) -> event.stream().equals(stream)).toList();
			List<HistoryEntry> expected = new ArrayList<>();
			ReadingDocument document = null;
			for (StoredEvent event : own) {
				document = ReadingDocument.after(document, event);
				expected.addFirst(HistoryEntry.of(now.at(event.position()), event, document));
			}
			List<HistoryEntry> walked = new ArrayList<>();
			for (int before = Integer.MAX_VALUE; before > 1; before = walked.getLast().version()) {
				walked.addAll(Objects
					.requireNonNull(history.of("ada", UUID.fromString(stream), now, before, 37).block(HANG_LIMIT)));
			}
			assertThat(walked).isEqualTo(expected);
			assertThat(history.of("eve", UUID.fromString(stream), now, Integer.MAX_VALUE, 1).blockOptional(HANG_LIMIT))
				.isEmpty();
		}
	}

	@Test
	void aListAsOfACursorHasWhatHadBegunAsItStoodThen() {
		append(30, 3, 40).block(HANG_LIMIT);
		List<StoredEvent> events = this.view.events();
		for (int at = 0; at < events.size(); at += events.size() / 20) {
			long position = events.get(at).position();
			List<ReadingDocument> expected = events.subList(0, at + 1)
				.stream()
				.map(StoredEvent::stream)
				.distinct()
				.sorted()
				.map((stream) -> Objects.requireNonNull(find(stream, position)))
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

	/** More than a page of them, most of which the filter passes over. */
	@Test
	void aLongListIsReadToItsEnd() {
		append(450, 4, 25).block(HANG_LIMIT);
		long position = this.view.events().getLast().position();
		List<ReadingDocument> all = list("ada", position, null, null, 1_000);
		assertThat(all).hasSizeGreaterThan(200)
			.hasSize((int) this.view.events().stream().map(StoredEvent::stream).distinct().count())
			.isSortedAccordingTo(Comparator.comparing((reading) -> reading.id().toString()));
		assertThat(list("ada", position, ReadingStatus.FINISHED, null, 1_000))
			.isEqualTo(all.stream().filter((reading) -> reading.status() == ReadingStatus.FINISHED).toList());
	}

	@Test
	void whatIsRebuiltWhileEventsArriveAndAfterBeingKilledIsWhatCameAboutOneByOne() {
		this.view.runner().start();
		append(3, 5, COMMANDS).block(HANG_LIMIT);
		awaitSnapshots();
		List<String> before = stored();
		assertThat(before).hasSizeGreaterThan(2);
		this.view.test.execute("with gone as (delete from projection) delete from reading_snapshot");
		Mono.when(append(3, 6, COMMANDS), this.view.killAgainAndAgain()).block(HANG_LIMIT);
		awaitSnapshots();
		List<String> rebuilt = stored();
		assertThat(rebuilt).containsAll(before).hasSizeGreaterThan(before.size() + 2);
		this.view.test.execute("with gone as (delete from projection) delete from reading_snapshot");
		awaitSnapshots();
		assertThat(stored()).isEqualTo(rebuilt);
		everyPrefixIsShown(this.view.events(), 11);
	}

	private void awaitSnapshots() {
		this.view.test.eventually("""
				select (select count(*) from event where version % 100 = 0) = (select count(*) from reading_snapshot)
				""");
	}

	private List<String> stored() {
		return this.view.stored(
				"select stream || position || version || reader || document from reading_snapshot order by position");
	}

	/** Random readings, all at once; each event by itself. */
	private Mono<Void> append(int readings, long seed, int commands) {
		return Flux.range(0, readings)
			.flatMap((number) -> this.view.append(
					new UUID(seed, new Random(seed * 1_000 + number).nextLong()).toString(), 0,
					new RandomHistory(seed * 1_000 + number).live(commands)), readings)
			.then();
	}

	private ReadingDocument find(String stream, long position) {
		return finding(stream, position).block(HANG_LIMIT);
	}

	private Mono<ReadingDocument> finding(String stream, long position) {
		return this.readings.find("ada", UUID.fromString(stream), vantage(position));
	}

	private List<ReadingDocument> list(String reader, long position, ReadingStatus status, UUID after, int limit) {
		return Objects
			.requireNonNull(this.readings.list(reader, vantage(position), status, after, limit).block(HANG_LIMIT));
	}

	private static Vantage vantage(long position) {
		return Vantage.at(new Cursor("epochoftest", position));
	}

}
