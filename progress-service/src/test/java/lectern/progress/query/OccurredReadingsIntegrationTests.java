package lectern.progress.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import lectern.progress.document.ReadingDocument;
import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.TestLog;
import lectern.progress.model.Book;
import lectern.progress.model.Device;
import lectern.progress.model.PlainHindsight;
import lectern.progress.model.PlainHindsight.Told;
import lectern.progress.model.Position;
import lectern.progress.model.RandomHistory;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Where readers were, over a real log: what is quick beside the plain fold. */
class OccurredReadingsIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final int COMMANDS = 1_500;

	@AutoClose
	private final KeptView<Timelines> view = new KeptView<>(
			(test) -> new Timelines(new TimelineSegments(test.database, new JsonMapper()), test.log),
			EventLog::milestones);

	private final OccurredReadings readings = new OccurredReadings(
			new TimelineSegments(this.view.test.database, new JsonMapper()), this.view.test.log);

	/** With no timeline, with one, and with one that much has come after. */
	@Test
	void ofEveryInstantItIsTheFoldOfWhatHadOccurred() {
		List<List<ReadingEvent>> histories = Flux.range(0, 2)
			.map((number) -> new RandomHistory(number).live(COMMANDS))
			.collectList()
			.blockOptional(HANG_LIMIT)
			.orElseThrow();
		histories.forEach((history) -> assertThat(history).hasSizeGreaterThan(300));
		for (int part : List.of(0, 1, 2)) {
			for (int number = 0; number < histories.size(); number++) {
				List<ReadingEvent> history = histories.get(number);
				this.view
					.append(id(number), part * history.size() / 3, history.subList(0, (part + 1) * history.size() / 3))
					.block(HANG_LIMIT);
				everyInstantIsShown(id(number), 3_989);
			}
			this.view.runner().start();
			awaitTimelines();
			for (int number = 0; number < histories.size(); number++) {
				everyInstantIsShown(id(number), 997);
			}
			this.view.runner().stop();
		}
	}

	/** A device that has been away tells its oldest last, and another that is new. */
	@Test
	void whateverComesLateIsTakenInWhereItBelongs() {
		Random random = new Random(1);
		List<ReadingEvent> history = new ArrayList<>(
				List.of(new ReadingStarted("ada", new Book("a-book", "A Book", List.of()), null, NOON)));
		for (int at = 0; at < 400; at++) {
			history.add(report(random, at * 10, at % 3));
		}
		for (int at = 399; at >= -20; at--) {
			history.add(report(random, at * 10 + random.nextInt(10), 3 + at / 17));
		}
		this.view.runner().start();
		for (int from = 0; from < history.size(); from += 90) {
			this.view.append(id(1), from, history.subList(0, Math.min(history.size(), from + 90))).block(HANG_LIMIT);
			awaitTimelines();
			everyInstantIsShown(id(1), 1_487);
		}
	}

	@Test
	void somebodyElsesIsNotThere() {
		this.view.append(id(1), 0, new RandomHistory(1).live(COMMANDS)).block(HANG_LIMIT);
		this.view.runner().start();
		awaitTimelines();
		assertThat(this.readings.at("eve", id(1), Instant.now(), Long.MAX_VALUE).blockOptional(HANG_LIMIT)).isEmpty();
		assertThat(this.readings.at("ada", id(2), Instant.now(), Long.MAX_VALUE).blockOptional(HANG_LIMIT)).isEmpty();
	}

	@Test
	void whatHasComeInSinceIsNotKnownYet() {
		List<ReadingEvent> history = new RandomHistory(3).live(COMMANDS);
		this.view.append(id(1), 0, history).block(HANG_LIMIT);
		StoredEvent last = this.view.events(id(1)).get(249);
		assertThat(this.readings.at("ada", id(1), Instant.now(), last.position()).block(HANG_LIMIT))
			.isEqualTo(plain(this.view.events(id(1)).subList(0, 250), Instant.now()));
	}

	/** A rebuild is the same as what came about one by one, also if it is killed. */
	@Test
	void whatIsRebuiltIsWhatCameAbout() {
		this.view.runner().start();
		Flux.range(0, 3)
			.flatMap((number) -> this.view.append(id(number), 0, new RandomHistory(number).live(COMMANDS)))
			.then()
			.block(HANG_LIMIT);
		awaitTimelines();
		List<String> before = stored();
		assertThat(before).hasSizeGreaterThan(8);
		this.view.test.execute(
				"with gone as (delete from projection), cut as (delete from timeline) delete from timeline_segment");
		this.view.killAgainAndAgain().block(HANG_LIMIT);
		awaitTimelines();
		assertThat(stored()).isEqualTo(before);
	}

	private void awaitTimelines() {
		this.view.test.eventually("""
				select (select count(*) from event where version % 100 = 0)
				    = (select count(*) from timeline_segment)
				""");
		// What the runner does by and by.
		this.view.projection.idle().repeat(20).then().block(HANG_LIMIT);
		this.view.test.eventually("select count(*) = 0 from timeline_segment where document is null");
	}

	private List<String> stored() {
		return this.view.stored("""
				select concat_ws(' ', stream, number, ends_at, instants, versions, document, through, said, reader)
				from timeline_segment join timeline using (stream) order by stream, number
				""");
	}

	private void everyInstantIsShown(String stream, int step) {
		List<StoredEvent> events = this.view.events(stream);
		List<Instant> instants = new ArrayList<>(List.of(Instant.EPOCH, Instant.MIN, Instant.now()));
		for (int second = -600; second < 45_000; second += step) {
			instants.add(NOON.plusSeconds(second));
		}
		events.stream()
			.map(StoredEvent::occurredAt)
			.filter((at) -> at.getEpochSecond() % 17 == 0)
			.forEach(instants::add);
		Flux.fromIterable(instants)
			.flatMap((until) -> this.readings.at("ada", stream, until, Long.MAX_VALUE)
				.singleOptional()
				.doOnNext((shown) -> assertThat(shown.orElse(null)).as("as of %s", until)
					.isEqualTo(plain(events, until))), 8)
			.then()
			.block(HANG_LIMIT);
	}

	private static @Nullable ReadingDocument plain(List<StoredEvent> events, Instant until) {
		ReadingDocument document = null;
		int version = 0;
		for (Told told : PlainHindsight.of(events.stream().map((event) -> (ReadingEvent) event.payload()).toList(),
				until)) {
			StoredEvent event = events.get(told.index());
			version = Math.max(version, event.version());
			document = ReadingDocument.after(document, event.with(version, told.event()));
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
