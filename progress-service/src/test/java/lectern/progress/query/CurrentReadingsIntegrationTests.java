package lectern.progress.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ReadingStatus;
import lectern.progress.log.Appended;
import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.TestLog;
import lectern.progress.model.Book;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.projection.ProjectionRunner;
import lectern.progress.projection.Seen;
import lectern.streaming.Cursor;
import lectern.web.Problem;
import lectern.web.ProblemType;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The view over a real log, kept by its runner. */
class CurrentReadingsIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@AutoClose
	private final KeptView<CurrentReadings> view = new KeptView<>(
			(test) -> new CurrentReadings(test.database, new JsonMapper()), EventLog::all);

	private final CurrentReadings readings = this.view.projection;

	private final Seen seen = new Seen(this.view.test.log);

	@Test
	void aReadingIsShownAsItsEventsLeftIt() {
		this.view.runner().start();
		UUID id = UUID.randomUUID();
		start("ada", id);
		Appended reported = report("ada", id, 1, "0.5");
		await(reported.cursor());
		Snapshot<List<ReadingDocument>> shown = list("ada");
		assertThat(shown.cursor()).isEqualTo(reported.cursor());
		assertThat(shown.content()).containsExactly(ReadingDocument.of(this.view.events(id.toString())));
		assertThat(list("eve").content()).isEmpty();
		assertThat(list("eve").cursor()).isEqualTo(reported.cursor());
		assertThat(Objects.requireNonNull(this.readings.find("ada", id).block(HANG_LIMIT)).content()).isPresent();
		assertThat(Objects.requireNonNull(this.readings.find("eve", id).block(HANG_LIMIT)).content()).isEmpty();
		assertThat(this.view.registry.get("lectern.projection.lag")
			.tag("projection", "current-reading")
			.timeGauge()
			.value()).isZero();
	}

	@Test
	void aListIsOrderedByIdAndFiltered() {
		this.view.runner().start();
		List<UUID> ids = IntStream.range(0, 5).mapToObj((_) -> UUID.randomUUID()).toList();
		ids.forEach((id) -> start("ada", id));
		await(last());
		List<UUID> ordered = list("ada").content().stream().map(ReadingDocument::id).toList();
		assertThat(ordered).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(ordered.stream().map(UUID::toString)).isSorted();
		assertThat(content(this.readings.list("ada", ReadingStatus.READING, ordered.get(1), 2)))
			.extracting(ReadingDocument::id)
			.containsExactly(ordered.get(2), ordered.get(3));
		assertThat(content(this.readings.list("ada", ReadingStatus.FINISHED, null, 10))).isEmpty();
	}

	@Test
	void eventsTakenInTwiceChangeNothing() {
		UUID id = UUID.randomUUID();
		start("ada", id);
		report("ada", id, 1, "0.5");
		report("ada", id, 2, "0.7");
		List<StoredEvent> all = this.view.events(id.toString());
		this.readings.apply(all).block(HANG_LIMIT);
		List<ReadingDocument> once = list("ada").content();
		this.readings.apply(all).block(HANG_LIMIT);
		this.readings.apply(all.subList(1, 2)).block(HANG_LIMIT);
		assertThat(list("ada").content()).isEqualTo(once)
			.singleElement()
			.extracting(ReadingDocument::version)
			.isEqualTo(3);
	}

	@Test
	void aViewThatIsDroppedWhileItRunsIsRebuilt() {
		this.view.runner().start();
		List<UUID> ids = IntStream.range(0, 300).mapToObj((_) -> UUID.randomUUID()).toList();
		Flux.fromIterable(ids).concatMap((id) -> starting("ada", id)).then().block(HANG_LIMIT);
		await(last());
		List<ReadingDocument> before = list("ada").content();
		assertThat(before).hasSize(300);
		this.view.test.execute("with gone as (delete from projection) delete from current_reading");
		assertThat(list("ada").cursor().position()).isZero();
		this.view.test.eventually("select coalesce(max(position), 0) = 300 from projection");
		assertThat(list("ada").content()).isEqualTo(before);
	}

	@Test
	void whatWasLoggedWhileItWasAwayIsTakenIn() {
		UUID id = UUID.randomUUID();
		start("ada", id);
		this.view.runner().start();
		await(last());
		this.view.runner().stop();
		assertThat(this.view.runner().isRunning()).isFalse();
		report("ada", id, 1, "0.5");
		this.view.runner().start();
		await(last());
		assertThat(list("ada").content()).singleElement().extracting(ReadingDocument::version).isEqualTo(2);
	}

	@Test
	void twoThatKeepTheSameViewDoNotUndoEachOther() {
		ProjectionRunner other = this.view.another();
		this.view.runner().start();
		other.start();
		UUID id = UUID.randomUUID();
		start("ada", id);
		IntStream.rangeClosed(1, 50).forEach((version) -> report("ada", id, version, "0.5"));
		await(last());
		assertThat(list("ada").content()).singleElement().extracting(ReadingDocument::version).isEqualTo(51);
		other.stop();
	}

	@Test
	void aCursorThatIsNotShownYetIsWaitedForAndThenNotAnyMore() {
		this.view.runner().start();
		Cursor next = last().at(last().position() + 1);
		StepVerifier.create(this.seen.await(next.toString(), this.view.runner()))
			.expectErrorMatches(
					(failure) -> failure instanceof Problem problem && problem.type().equals(ProblemType.UNAVAILABLE))
			.verify(HANG_LIMIT);
		StepVerifier.create(this.seen.await(next.toString(), this.view.runner()))
			.then(() -> start("ada", UUID.randomUUID()))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void nonsenseAndCursorsOfOtherLogsCannotBeSeen() {
		for (String cursor : List.of("nonsense", "", "otherepoch-1", "start")) {
			StepVerifier.create(Mono.defer(() -> this.seen.await(cursor, this.view.runner())))
				.expectErrorMatches((failure) -> failure instanceof Problem problem
						&& problem.type().equals(ProblemType.INVALID_PARAMETER))
				.verify(HANG_LIMIT);
		}
	}

	private void await(Cursor cursor) {
		this.seen.await(cursor.toString(), this.view.runner()).block(HANG_LIMIT);
	}

	private Cursor last() {
		return Objects.requireNonNull(this.view.test.log.cursor().block(HANG_LIMIT));
	}

	private Snapshot<List<ReadingDocument>> list(String reader) {
		return Objects.requireNonNull(this.readings.list(reader, null, null, 1000).block(HANG_LIMIT));
	}

	private static List<ReadingDocument> content(Mono<Snapshot<List<ReadingDocument>>> shown) {
		return Objects.requireNonNull(shown.block(HANG_LIMIT)).content();
	}

	private void start(String reader, UUID id) {
		starting(reader, id).block(HANG_LIMIT);
	}

	private Mono<Appended> starting(String reader, UUID id) {
		return this.view.append(reader, id.toString(), 0,
				new ReadingStarted(reader, new Book("a-book", "A Book", List.of("Ann")), null, NOON));
	}

	private Appended report(String reader, UUID id, int version, String fraction) {
		Position position = new Position(new BigDecimal(fraction), 7, "One", null, null, NOON.plusSeconds(version));
		return Objects.requireNonNull(this.view
			.append(reader, id.toString(), version, new PositionReported(position, null, true, null, true, null))
			.block(HANG_LIMIT));
	}

}
