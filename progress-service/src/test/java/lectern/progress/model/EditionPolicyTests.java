package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import lectern.progress.model.InvalidCommand.PageOutOfRange;
import lectern.progress.model.InvalidCommand.UnknownEdition;
import lectern.progress.model.InvalidCommand.UnknownPages;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand.ChangeEdition;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingEditionChanged;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static lectern.progress.model.ReadingScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Editions of readings, and pages without a fraction. */
class EditionPolicyTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of());

	private static final BookEdition FIRST = new BookEdition("first", 300);

	private static final BookEdition SECOND = new BookEdition("second", 600);

	private static final ReadingStarted STARTED = new ReadingStarted("ada", BOOK, "first", 300, NOON, null);

	private static final ReadingStarted WITHOUT_EDITION = new ReadingStarted("ada", BOOK, null, NOON);

	private static final List<String> AVAILABLE = List.of("first", "second");

	@Test
	void startKeepsEditionAndItsPages() {
		given().when(start(FIRST)).then(STARTED);
	}

	@Test
	void rejectsStartWithUnknownEdition() {
		given().when(new StartReading("ada", "a-book", BOOK, unknown("third"), NOON))
			.thenInvalid(new UnknownEdition(AVAILABLE));
		given().when(new StartReading("ada", "a-book", null, unknown("third"), NOON))
			.thenRejected(Rejection.UNKNOWN_BOOK);
	}

	@Test
	void repeatedStartChangesNothingEvenForLostEdition() {
		given(STARTED).when(start(FIRST)).then();
		given(STARTED).when(new StartReading("ada", "a-book", BOOK, unknown("first"), NOON)).then();
		given(STARTED).when(new StartReading("ada", "a-book", BOOK, unknown("second"), NOON))
			.thenRejected(Rejection.ID_TAKEN);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 0.003333", "150, 0.5", "299, 0.996666", "300, 1" })
	void fractionFollowsFromPage(int page, BigDecimal fraction) {
		PositionReported reported = given(STARTED).when(page(page, 60)).onlyEvent(PositionReported.class);
		assertThat(reported.position().fraction()).isEqualTo(fraction);
		assertThat(reported.position().page()).isEqualTo(page);
		assertThat(reported.moved()).isTrue();
	}

	@Test
	void fractionAndPageAreBothKept() {
		PositionReported reported = given(STARTED).when(report("0.25", 700, 60, null))
			.onlyEvent(PositionReported.class);
		assertThat(reported.position().fraction()).isEqualTo(new BigDecimal("0.25"));
		assertThat(reported.position().page()).isEqualTo(700);
	}

	@Test
	void rejectsPageThatEditionDoesNotHave() {
		given(STARTED).when(page(301, 60)).thenInvalid(new PageOutOfRange(FIRST));
		given(STARTED).when(page(-1, 60)).thenInvalid(new PageOutOfRange(FIRST));
	}

	@Test
	void rejectsPageWithoutPagesOfEdition() {
		given(WITHOUT_EDITION).when(page(1, 60)).thenInvalid(new UnknownPages(null));
		given(new ReadingStarted("ada", BOOK, "first", NOON)).when(page(1, 60)).thenInvalid(new UnknownPages("first"));
		given(STARTED)
			.when(new ReportPosition("eve", null, 1, null, null, null, DeviceClock.UNKNOWN, PositionUpdateMode.LATEST,
					at(60)))
			.thenRejected(Rejection.NO_SUCH_READING);
	}

	@Test
	void removedReadingTakesNoPageWhateverItsEditionIs() {
		ReadingRemoved removed = new ReadingRemoved(at(30), null);
		given(WITHOUT_EDITION, removed).when(page(1, 60)).thenRejected(Rejection.READING_REMOVED);
		given(STARTED, removed).when(page(301, 60)).thenRejected(Rejection.READING_REMOVED);
	}

	@Test
	void pageIsReportedAfterFinishAsAnyPosition() {
		given(STARTED, new ReadingFinished(at(60))).when(page(30, 90)).thenRejected(Rejection.READING_FINISHED);
		PositionReported late = given(STARTED, new ReadingFinished(at(60))).when(report(null, 30, 90, 30))
			.onlyEvent(PositionReported.class);
		assertThat(late.unmoved()).isEqualTo(IgnoredReason.OCCURRED_BEFORE_FINISH);
		assertThat(late.position().fraction()).isEqualTo(new BigDecimal("0.1"));
	}

	@Test
	void changedEditionKeepsFractionsAndDropsPages() {
		ReadingScenario scenario = given(STARTED).when(page(150, 60)).when(page(60, 70)).when(change(SECOND, 80));
		ReadingEditionChanged changed = scenario.onlyEvent(ReadingEditionChanged.class);
		assertThat(changed.bookEdition()).isEqualTo(SECOND);
		scenario.thenPositionIs("0.2", "0.5");
		assertThat(scenario.openReading().position()).extracting(Position::page).isNull();
		assertThat(scenario.openReading().furthest()).extracting(Position::page).isNull();
		scenario.when(page(150, 90)).thenPositionIs("0.25", "0.5");
	}

	@Test
	void editionCanBeTakenAwayAndNamedAgain() {
		ReadingScenario scenario = given(STARTED).when(change(null, 60))
			.then(new ReadingEditionChanged(null, null, null, null, at(60), null));
		scenario.when(change(null, 70)).then();
		scenario.when(page(1, 80)).thenInvalid(new UnknownPages(null));
		scenario.when(change(FIRST, 90)).then(new ReadingEditionChanged("first", 300, null, null, at(90), null));
	}

	@Test
	void pagesThatBecameKnownKeepPageOfPosition() {
		given(new ReadingStarted("ada", BOOK, "first", NOON)).when(report("0.5", 150, 60, null))
			.when(change(FIRST, 70))
			.then(new ReadingEditionChanged("first", 300, null, null, at(70), null));
	}

	@Test
	void changeToSameEditionChangesNothing() {
		given(STARTED).when(change(FIRST, 60)).then();
		given(STARTED).when(new ChangeEdition("ada", unknown("first"), DeviceClock.UNKNOWN, at(60))).then();
	}

	@Test
	void rejectsChangeToUnknownEdition() {
		given(STARTED).when(new ChangeEdition("ada", unknown("third"), DeviceClock.UNKNOWN, at(60)))
			.thenInvalid(new UnknownEdition(AVAILABLE));
		given(STARTED).when(new ChangeEdition("eve", unknown("third"), DeviceClock.UNKNOWN, at(60)))
			.thenRejected(Rejection.NO_SUCH_READING);
	}

	@Test
	void editionOfFinishedReadingCanBeChanged() {
		ReadingScenario scenario = given(STARTED).when(page(300, 60))
			.when(new FinishReading("ada", at(70)))
			.when(change(SECOND, 80));
		assertThat(((Started) scenario.current()).open().edition().edition()).isEqualTo(SECOND);
		assertThat(scenario.current()).isInstanceOf(Reading.Finished.class);
	}

	@Test
	void lateChangeDoesNotReplaceLaterOneAndKeepsLaterPages() {
		ReadingScenario scenario = given(STARTED).when(page(30, 60)).when(report("0.5", 300, 100, null));
		ReadingEditionChanged late = scenario.when(change(SECOND, 120, 80)).onlyEvent(ReadingEditionChanged.class);
		assertThat(late.position()).as("was read in the new edition").isNull();
		scenario.when(change(FIRST, 130, 70)).then();
		assertThat(scenario.openReading().edition().edition()).isEqualTo(SECOND);
	}

	@Test
	void pageThatIsSentAgainAfterChangeOfEditionChangesNothing() {
		given(STARTED).when(report(null, 150, 60, 50)).when(change(SECOND, 70)).when(report(null, 150, 80, 50)).then();
	}

	@Test
	void restoreDropsPageOfOtherEdition() {
		ReadingScenario scenario = given(STARTED).when(page(150, 60));
		Reading earlier = scenario.current();
		scenario.when(change(SECOND, 70)).when(page(450, 80)).when(restore(earlier, 90)).thenPositionIs("0.5", "0.5");
		assertThat(scenario.openReading().position()).extracting(Position::page).isNull();
		ReadingScenario sameEdition = given(STARTED).when(page(150, 60)).when(page(200, 70));
		sameEdition.when(restore(earlier, 90)).thenPositionIs("0.5", "0.5");
		assertThat(sameEdition.openReading().position()).extracting(Position::page).isEqualTo(150);
	}

	/** On that axis the page of a report counts if it occurred after the change. */
	@Test
	void replayByEventTimeDropsPagesFromBeforeTheChange() {
		List<ReadingEvent> logged = List.of(STARTED, reported("0.5", 150, 60),
				new ReadingEditionChanged("second", 600, null, null, at(50), null));
		assertThat(pageAt(logged, 60)).isEqualTo(150);
		List<ReadingEvent> other = List.of(STARTED, new ReadingEditionChanged("second", 600, null, null, at(70), null),
				reported("0.5", 150, 60));
		assertThat(pageAt(other, 60)).isEqualTo(150);
		assertThat(pageAt(other, 70)).isNull();
	}

	private static @Nullable Integer pageAt(List<ReadingEvent> logged, int seconds) {
		Position position = ((Started) EventTimeReplay.readingAt(logged, at(seconds))).open().position();
		assertThat(position).isNotNull();
		return position.page();
	}

	private static PositionReported reported(String fraction, int page, int seconds) {
		return new PositionReported(new Position(new BigDecimal(fraction), page, null, null, null, at(seconds)), null,
				true, null, true, null);
	}

	private static StartReading start(BookEdition edition) {
		return new StartReading("ada", "a-book", BOOK, RequestedEdition.of(edition), NOON);
	}

	private static RequestedEdition unknown(String text) {
		return new RequestedEdition(text, null, AVAILABLE);
	}

	private static ChangeEdition change(@Nullable BookEdition edition, int received) {
		return new ChangeEdition("ada", (edition != null) ? RequestedEdition.of(edition) : null, DeviceClock.UNKNOWN,
				at(received));
	}

	private static ChangeEdition change(BookEdition edition, int received, int occurred) {
		return new ChangeEdition("ada", RequestedEdition.of(edition), new DeviceClock(at(occurred), null),
				at(received));
	}

	private static RestorePosition restore(Reading target, int seconds) {
		return new RestorePosition("ada", "x-1", target, at(seconds));
	}

	private static ReportPosition page(int page, int received) {
		return report(null, page, received, null);
	}

	private static ReportPosition report(@Nullable String fraction, int page, int received,
			@Nullable Integer occurred) {
		return new ReportPosition("ada", (fraction != null) ? new BigDecimal(fraction) : null, page, null, null, null,
				(occurred != null) ? new DeviceClock(at(occurred), null) : DeviceClock.UNKNOWN,
				PositionUpdateMode.LATEST, at(received));
	}

	private static Instant at(int seconds) {
		return NOON.plusSeconds(seconds);
	}

}
