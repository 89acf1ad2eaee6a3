package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.RemovePlan;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingCommand.ResumeReading;
import lectern.progress.model.ReadingCommand.SetPlan;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingEvent.PlanRemoved;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingResumed;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static lectern.progress.model.ReadingScenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Finishing, abandoning, reopening, resuming and planning of readings. */
class ReadingLifecycleTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of());

	private static final ReadingStarted STARTED = new ReadingStarted("ada", BOOK, null, NOON);

	private static final ReadingFinished FINISHED = new ReadingFinished(NOON);

	private static final ReadingAbandoned ABANDONED = new ReadingAbandoned(NOON);

	private static final FinishReading FINISH = new FinishReading("ada", NOON);

	private static final ReopenReading REOPEN = new ReopenReading("ada", NOON);

	private static final AbandonReading ABANDON = new AbandonReading("ada", NOON);

	private static final ResumeReading RESUME = new ResumeReading("ada", NOON);

	private static final ReportPosition REPORT = new ReportPosition("ada", new BigDecimal("0.5"), null, null, null,
			null, DeviceClock.UNKNOWN, PositionUpdateMode.LATEST, NOON.plusSeconds(1));

	private static final SetPlan PLAN = new SetPlan("ada", NOON.plusSeconds(60), NOON);

	private static final RemovePlan REMOVE_PLAN = new RemovePlan("ada", DeviceClock.UNKNOWN, NOON);

	private static final RestorePosition RESTORE = new RestorePosition("ada", "x-1", Reading.NOT_STARTED, NOON);

	/** All commands on a reading that has been started. */
	static List<ReadingCommand> changes() {
		return List.of(REPORT, FINISH, REOPEN, ABANDON, RESUME, RESTORE, PLAN, REMOVE_PLAN);
	}

	@ParameterizedTest
	@MethodSource("changes")
	void rejectsEveryChangeBeforeStart(ReadingCommand change) {
		given().when(change).thenRejected(Rejection.NO_SUCH_READING);
	}

	@ParameterizedTest
	@MethodSource("changes")
	void otherReadersReadingIsUnknownInEveryState(ReadingCommand change) {
		ReadingStarted eves = new ReadingStarted("eve", BOOK, null, NOON);
		given(eves).when(change).thenRejected(Rejection.NO_SUCH_READING);
		given(eves, FINISHED).when(change).thenRejected(Rejection.NO_SUCH_READING);
		given(eves, ABANDONED).when(change).thenRejected(Rejection.NO_SUCH_READING);
	}

	@Test
	void finishIsIndependentOfPosition() {
		given(STARTED).when(FINISH).then(FINISHED);
		given(STARTED).when(REPORT).when(FINISH).then(FINISHED);
	}

	@Test
	void reportAtTheEndDoesNotFinishReading() {
		ReportPosition end = new ReportPosition("ada", BigDecimal.ONE, null, null, null, null, DeviceClock.UNKNOWN,
				PositionUpdateMode.LATEST, NOON);
		given(STARTED).when(end).thenPositionIs("1", "1");
	}

	@Test
	void commandAlreadyInEffectChangesNothing() {
		given(STARTED, FINISHED).when(FINISH).then();
		given(STARTED, ABANDONED).when(ABANDON).then();
		given(STARTED).when(REOPEN).then();
		given(STARTED).when(RESUME).then();
		given(STARTED, FINISHED).when(new StartReading("ada", "a-book", BOOK, null, NOON)).then();
	}

	@Test
	void finishedReadingAcceptsPositionsOnlyAfterReopen() {
		given(STARTED, FINISHED).when(REPORT)
			.thenRejected(Rejection.READING_FINISHED)
			.when(REOPEN)
			.then(new ReadingReopened(NOON))
			.when(REPORT)
			.thenPositionIs("0.5", "0.5");
	}

	@Test
	void finishedReadingAcceptsOnlyReopen() {
		for (ReadingCommand other : List.of(REPORT, ABANDON, RESUME, RESTORE, PLAN, REMOVE_PLAN)) {
			given(STARTED, FINISHED).when(other).thenRejected(Rejection.READING_FINISHED);
		}
	}

	@Test
	void abandonedReadingAcceptsOnlyResume() {
		for (ReadingCommand other : List.of(REPORT, FINISH, REOPEN, RESTORE, PLAN, REMOVE_PLAN)) {
			given(STARTED, ABANDONED).when(other).thenRejected(Rejection.READING_ABANDONED);
		}
		given(STARTED, ABANDONED).when(RESUME).then(new ReadingResumed(NOON)).when(REPORT).thenPositionIs("0.5", "0.5");
	}

	@Test
	void reopenAndResumeRecoverState() {
		Reading before = given(STARTED).when(REPORT).when(PLAN).openReading().reopenedAt(NOON);
		assertThat(given(STARTED).when(REPORT).when(PLAN).when(FINISH).when(REOPEN).current()).isEqualTo(before);
		assertThat(given(STARTED).when(REPORT).when(PLAN).when(ABANDON).when(RESUME).current()).isEqualTo(before);
	}

	@Test
	void rejectsPlanNotInTheFuture() {
		given(STARTED).when(PLAN).then(new PlanSet(NOON.plusSeconds(60), NOON));
		given(STARTED).when(PLAN).when(PLAN).then();
		given(STARTED).when(new SetPlan("ada", NOON, NOON)).thenRejected(Rejection.PLAN_IN_THE_PAST);
	}

	@Test
	void removedPlanCanBeSetAgain() {
		given(STARTED).when(REMOVE_PLAN).then();
		given(STARTED).when(PLAN)
			.when(REMOVE_PLAN)
			.then(new PlanRemoved(NOON, null))
			.when(REMOVE_PLAN)
			.then()
			.when(PLAN)
			.then(new PlanSet(NOON.plusSeconds(60), NOON));
	}

	@Test
	void evolveRejectsEventsThatDoNotFitTheState() {
		Reading open = given(STARTED).current();
		assertThatIllegalStateException().isThrownBy(() -> ReadingDecider.evolve(open, new ReadingReopened(NOON)))
			.withMessage("ReadingReopened cannot happen to Open");
		assertThatIllegalStateException().isThrownBy(() -> ReadingDecider.evolve(open, STARTED));
	}

}
