package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import lectern.progress.model.ReadingCommand.ContinueReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.RemoveReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.ReturnReading;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingCommand.UndoRestore;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingReturned;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.junit.jupiter.api.Test;

import static lectern.progress.model.ReadingScenario.given;

/** Removal of readings that were begun by mistake, and its undo. */
class ReadingRemovalTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of());

	private static final ReadingStarted STARTED = new ReadingStarted("ada", BOOK, null, NOON);

	private static final ReadingFinished FINISHED = new ReadingFinished(NOON);

	private static final ReadingRemoved REMOVED = new ReadingRemoved(NOON, null);

	private static final ReadingReturned RETURNED = new ReadingReturned(NOON, null);

	private static final RemoveReading REMOVE = new RemoveReading("ada", DeviceClock.UNKNOWN, NOON);

	private static final ReturnReading RETURN = new ReturnReading("ada", NOON, DeviceClock.UNKNOWN, NOON);

	private static final ReportPosition REPORT = new ReportPosition("ada", new BigDecimal("0.5"), null, null, null,
			null, DeviceClock.UNKNOWN, PositionUpdateMode.LATEST, NOON.plusSeconds(1));

	@Test
	void openAndFinishedReadingsCanBeRemoved() {
		given(STARTED).when(REMOVE).then(REMOVED);
		given(STARTED, FINISHED).when(REMOVE).then(REMOVED);
	}

	@Test
	void secondRemovalChangesNothing() {
		given(STARTED, REMOVED).when(REMOVE).then();
	}

	@Test
	void removalIsUndoneOnlyOnce() {
		given(STARTED, REMOVED).when(RETURN).then(RETURNED);
		given(STARTED, REMOVED, RETURNED).when(RETURN).thenRejected(Rejection.REMOVAL_UNDONE);
		given(STARTED).when(RETURN).thenRejected(Rejection.REMOVAL_UNDONE);
		ReadingRemoved removedAgain = new ReadingRemoved(NOON.plusSeconds(1), null);
		given(STARTED, REMOVED, RETURNED, removedAgain).when(RETURN).thenRejected(Rejection.REMOVAL_UNDONE);
		given(STARTED, FINISHED, REMOVED, RETURNED).when(RETURN).thenRejected(Rejection.REMOVAL_UNDONE);
	}

	@Test
	void restoreIsUndoneWhileThePositionIsThatOfTheRestore() {
		Position before = position("0.9");
		Position restored = position("0.2");
		PositionRestored restore = new PositionRestored("x-1", restored, before, NOON.plusSeconds(2));
		PositionReported reported = new PositionReported(before, null, true, null, true, null);
		Reading target = ReadingDecider.evolve(ReadingDecider.evolve(Reading.NOT_STARTED, STARTED), reported);
		UndoRestore undo = new UndoRestore("ada", restore, "x-2", target, DeviceClock.UNKNOWN, NOON.plusSeconds(3));
		PositionRestored undone = new PositionRestored("x-2", before, before, NOON.plusSeconds(3));

		given(STARTED, reported, restore).when(undo).then(undone);
		given(STARTED, reported, restore, undone).when(undo).thenRejected(Rejection.RESTORE_SUPERSEDED);
		given(STARTED, reported, restore, new PositionReported(position("0.3"), null, true, null, false, null))
			.when(undo)
			.thenRejected(Rejection.RESTORE_SUPERSEDED);
		given(STARTED, reported, restore, FINISHED).when(undo).thenRejected(Rejection.READING_FINISHED);
	}

	@Test
	void startIsContinuedWithReadingOfSameBook() {
		given(STARTED).when(continueReading("ada", "a-book")).then();
		given(STARTED, FINISHED).when(continueReading("ada", "a-book")).then();
		given(STARTED).when(continueReading("ada", "another-book")).thenRejected(Rejection.ID_TAKEN);
		given(STARTED).when(continueReading("eve", "a-book")).thenRejected(Rejection.ID_TAKEN);
		given(STARTED, REMOVED).when(continueReading("ada", "a-book")).thenRejected(Rejection.ID_TAKEN);
	}

	private static ContinueReading continueReading(String reader, String book) {
		return new ContinueReading(reader, book, null, DeviceClock.UNKNOWN, NOON);
	}

	private static Position position(String fraction) {
		return new Position(new BigDecimal(fraction), null, null, null, null, NOON);
	}

	@Test
	void removedReadingIsLikeMissingOne() {
		given(STARTED, REMOVED).when(REPORT).thenRejected(Rejection.READING_REMOVED);
		given(STARTED, REMOVED).when(new FinishReading("ada", NOON)).thenRejected(Rejection.READING_REMOVED);
		given(STARTED, REMOVED).when(new FinishReading("eve", NOON)).thenRejected(Rejection.NO_SUCH_READING);
		given().when(REMOVE).thenRejected(Rejection.NO_SUCH_READING);
	}

	@Test
	void otherReaderCannotRemoveOrReturn() {
		given(STARTED).when(new RemoveReading("eve", DeviceClock.UNKNOWN, NOON))
			.thenRejected(Rejection.NO_SUCH_READING);
		given(STARTED, REMOVED).when(new ReturnReading("eve", NOON, DeviceClock.UNKNOWN, NOON))
			.thenRejected(Rejection.NO_SUCH_READING);
	}

	@Test
	void idOfRemovedReadingIsNotReused() {
		given(STARTED, REMOVED).when(new StartReading("ada", "a-book", BOOK, null, NOON))
			.thenRejected(Rejection.ID_TAKEN);
	}

	@Test
	void returnedReadingHasItsFormerStatus() {
		given(STARTED, FINISHED, REMOVED).when(RETURN).then(RETURNED);
		given(STARTED, FINISHED, REMOVED, RETURNED).when(new ReopenReading("ada", NOON))
			.then(new ReadingReopened(NOON));
	}

}
