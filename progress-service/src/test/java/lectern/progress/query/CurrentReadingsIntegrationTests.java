package lectern.progress.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.projection.ProjectionRunner;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingStatus;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The read model over a real log, maintained by its runner. */
class CurrentReadingsIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@AutoClose
	private final ProjectionFixture<ReadingProjection> fixture = new ProjectionFixture<>(
			ReadingProjectionFixture::projection, EventLog::readAll);

	private final CurrentReadings readings = new CurrentReadings(this.fixture.test.database, new JsonMapper());

	@Test
	void projectedReadingEqualsFoldOfItsEvents() {
		this.fixture.runner().start();
		UUID id = UUID.randomUUID();
		start("ada", id);
		AppendResult reported = report("ada", id, 1, "0.5");
		awaitProjected(reported.cursor());
		ReadModelResult<List<ReadingDocument>> result = list("ada");
		assertThat(result.cursor()).isEqualTo(reported.cursor());
		assertThat(result.content()).containsExactly(ReadingDocument.of(this.fixture.events(id.toString())));
		assertThat(list("eve").content()).isEmpty();
		assertThat(list("eve").cursor()).isEqualTo(reported.cursor());
		assertThat(this.readings.find("ada", id).block(HANG_LIMIT)).isNotNull();
		assertThat(this.readings.find("eve", id).block(HANG_LIMIT)).isNull();
		assertThat(this.fixture.registry.get("lectern.projection.lag")
			.tag("projection", "current-reading")
			.timeGauge()
			.value(TimeUnit.SECONDS)).isLessThan(HANG_LIMIT.toSeconds());
	}

	@Test
	void listIsOrderedByIdAndFilteredByStatus() {
		this.fixture.runner().start();
		List<UUID> ids = IntStream.range(0, 5).mapToObj((_) -> UUID.randomUUID()).toList();
		ids.forEach((id) -> start("ada", id));
		awaitProjected(headCursor());
		List<UUID> ordered = list("ada").content().stream().map(ReadingDocument::id).toList();
		assertThat(ordered).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(ordered.stream().map(UUID::toString)).isSorted();
		assertThat(content(this.readings.list("ada", ReadingStatus.READING, null, ordered.get(1), 2)))
			.extracting(ReadingDocument::id)
			.containsExactly(ordered.get(2), ordered.get(3));
		assertThat(content(this.readings.list("ada", ReadingStatus.FINISHED, null, null, 10))).isEmpty();
	}

	@Test
	void applyingEventsTwiceIsIdempotent() {
		UUID id = UUID.randomUUID();
		start("ada", id);
		report("ada", id, 1, "0.5");
		report("ada", id, 2, "0.7");
		List<StoredEvent> all = this.fixture.events(id.toString());
		this.fixture.projection.apply(all).block(HANG_LIMIT);
		List<ReadingDocument> afterFirst = list("ada").content();
		this.fixture.projection.apply(all).block(HANG_LIMIT);
		this.fixture.projection.apply(all.subList(1, 2)).block(HANG_LIMIT);
		assertThat(list("ada").content()).isEqualTo(afterFirst)
			.singleElement()
			.extracting(ReadingDocument::version)
			.isEqualTo(3);
	}

	@Test
	void projectionDroppedWhileRunningIsRebuilt() {
		this.fixture.runner().start();
		List<UUID> ids = IntStream.range(0, 300).mapToObj((_) -> UUID.randomUUID()).toList();
		Flux.fromIterable(ids).concatMap((id) -> appendStart("ada", id)).then().block(HANG_LIMIT);
		awaitProjected(headCursor());
		List<ReadingDocument> before = list("ada").content();
		assertThat(before).hasSize(300);
		this.fixture.test.execute("do $$ begin delete from projection; delete from current_reading; end $$");
		assertThat(list("ada").cursor().position()).isZero();
		// An event wakes the runner, which otherwise looks at its cursor every second.
		start("eve", UUID.randomUUID());
		this.fixture.test.awaitTrue("select coalesce(max(position), 0) = 301 from projection");
		assertThat(list("ada").content()).isEqualTo(before);
	}

	@Test
	void restartedRunnerCatchesUpWithMissedEvents() {
		UUID id = UUID.randomUUID();
		start("ada", id);
		this.fixture.runner().start();
		awaitProjected(headCursor());
		this.fixture.runner().stop();
		assertThat(this.fixture.runner().isRunning()).isFalse();
		report("ada", id, 1, "0.5");
		this.fixture.runner().start();
		awaitProjected(headCursor());
		assertThat(list("ada").content()).singleElement().extracting(ReadingDocument::version).isEqualTo(2);
	}

	@Test
	void concurrentRunnersOfOneProjectionDoNotConflict() {
		ProjectionRunner other = this.fixture.newRunner();
		this.fixture.runner().start();
		other.start();
		UUID id = UUID.randomUUID();
		start("ada", id);
		IntStream.rangeClosed(1, 50).forEach((version) -> report("ada", id, version, "0.5"));
		awaitProjected(headCursor());
		assertThat(list("ada").content()).singleElement().extracting(ReadingDocument::version).isEqualTo(51);
		other.stop();
	}

	@Test
	void awaitOfUnprojectedCursorTimesOutOrCompletesOnceProjected() {
		start("ada", UUID.randomUUID());
		String stored = headCursor().toString();
		StepVerifier.create(this.fixture.readYourWrites().await(stored, CurrentReadings.NAME))
			.expectErrorMatches(
					(failure) -> failure instanceof Problem problem && problem.type().equals(ProblemType.UNAVAILABLE))
			.verify(HANG_LIMIT);
		StepVerifier.create(this.fixture.readYourWrites().await(stored, CurrentReadings.NAME))
			.then(this.fixture.runner()::start)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void awaitRejectsMalformedForeignAndMadeUpCursors() {
		this.fixture.runner().start();
		String next = headCursor().at(headCursor().position() + 1).toString();
		for (String cursor : List.of("nonsense", "", "otherepoch-1", "start", next)) {
			StepVerifier.create(Mono.defer(() -> this.fixture.readYourWrites().await(cursor, CurrentReadings.NAME)))
				.expectErrorMatches((failure) -> failure instanceof Problem problem
						&& problem.type().equals(ProblemType.INVALID_PARAMETER))
				.verify(HANG_LIMIT);
		}
	}

	private void awaitProjected(Cursor cursor) {
		this.fixture.readYourWrites().await(cursor.toString(), CurrentReadings.NAME).block(HANG_LIMIT);
	}

	private Cursor headCursor() {
		return Objects.requireNonNull(this.fixture.test.log.cursor().block(HANG_LIMIT));
	}

	private ReadModelResult<List<ReadingDocument>> list(String reader) {
		return Objects.requireNonNull(this.readings.list(reader, null, null, null, 1000).block(HANG_LIMIT));
	}

	private static List<ReadingDocument> content(Mono<ReadModelResult<List<ReadingDocument>>> result) {
		return Objects.requireNonNull(result.block(HANG_LIMIT)).content();
	}

	private void start(String reader, UUID id) {
		appendStart(reader, id).block(HANG_LIMIT);
	}

	private Mono<AppendResult> appendStart(String reader, UUID id) {
		return this.fixture.append(reader, id.toString(), 0,
				new ReadingStarted(reader, new BookSnapshot("a-book", "A Book", List.of("Ann")), null, NOON));
	}

	private AppendResult report(String reader, UUID id, int version, String fraction) {
		Position position = new Position(new BigDecimal(fraction), 7, "One", null, null, NOON.plusSeconds(version));
		return Objects.requireNonNull(this.fixture
			.append(reader, id.toString(), version, new PositionReported(position, null, true, null, true, null))
			.block(HANG_LIMIT));
	}

}
