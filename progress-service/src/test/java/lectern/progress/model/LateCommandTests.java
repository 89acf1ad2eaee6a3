package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Duration;
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
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.junit.jupiter.api.Test;

import static lectern.progress.model.ReadingScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Commands that were given offline and are received later. */
class LateCommandTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of());

	private static final ReadingStarted STARTED = new ReadingStarted("ada", BOOK, null, NOON);

	@Test
	void reportFromBeforeFinishIsStoredButMovesNothing() {
		ReadingScenario scenario = given(STARTED).when(report("0.2", 60)).when(finish(600, 600));
		PositionReported late = scenario.when(report("0.8", 900, 300)).onlyEvent(PositionReported.class);
		assertThat(late.moved()).isFalse();
		assertThat(late.furthest()).isFalse();
		assertThat(late.unmoved()).isEqualTo(IgnoredReason.OCCURRED_BEFORE_FINISH);
		assertThat(scenario.current()).isInstanceOf(Reading.Finished.class);
		scenario.when(report("0.8", 950, 300)).then();
		scenario.when(report("0.9", 960, 601)).thenRejected(Rejection.READING_FINISHED);
		scenario.when(reopen(1000, 1000)).thenPositionIs("0.2", "0.2");
	}

	@Test
	void reportFromBeforeAbandonmentIsStoredButMovesNothing() {
		ReadingScenario scenario = given(STARTED).when(abandon(600, 600));
		assertThat(scenario.when(report("0.8", 900, 600)).onlyEvent(PositionReported.class).unmoved())
			.isEqualTo(IgnoredReason.OCCURRED_BEFORE_ABANDON);
		scenario.when(report("0.9", 960, 601)).thenRejected(Rejection.READING_ABANDONED);
	}

	/** Commands of one batch or of a what-if are received at one instant. */
	@Test
	void reportWithoutTimeIsRejectedAtTheInstantOfTheEnd() {
		ReportPosition report = new ReportPosition("ada", BigDecimal.ONE, null, null, null, null,
				new DeviceClock(null, null), PositionUpdateMode.LATEST, at(600));
		given(STARTED, new ReadingFinished(at(600))).when(report).thenRejected(Rejection.READING_FINISHED);
		given(STARTED, new ReadingAbandoned(at(600))).when(report).thenRejected(Rejection.READING_ABANDONED);
	}

	@Test
	void lateReportOnFinishedReadingKeepsItsDevice() {
		ReportPosition report = new ReportPosition("ada", BigDecimal.ONE, null, null, null, new Device("kobo", null),
				clock(300), PositionUpdateMode.LATEST, at(900));
		assertThat(
				given(STARTED, new ReadingFinished(at(600))).when(report).onlyEvent(PositionReported.class).devices())
			.containsExactly(new Device("kobo", null));
	}

	@Test
	void eventsAreDatedWhenTheyOccurred() {
		given().when(new StartReading("ada", "a-book", BOOK, null, clock(-60), NOON))
			.then(new ReadingStarted("ada", BOOK, null, null, at(-60), clock(-60)))
			.when(finish(900, 300))
			.then(new ReadingFinished(at(300), clock(300)))
			.when(reopen(900, 400))
			.then(new ReadingReopened(at(400), clock(400)))
			.when(abandon(900, 500))
			.then(new ReadingAbandoned(at(500), clock(500)));
	}

	@Test
	void wrongClockOfCommandIsCorrectedAndStored() {
		DeviceClock hourAhead = new DeviceClock(at(3600), at(3660));
		given(STARTED).when(new FinishReading("ada", hourAhead, at(120))).then(new ReadingFinished(at(60), hourAhead));
	}

	@Test
	void finishMayOccurBeforeStartWasReceived() {
		given(STARTED).when(finish(60, -86_400)).then(new ReadingFinished(at(-86_400), clock(-86_400)));
	}

	@Test
	void finishFromBeforeReopeningChangesNothing() {
		ReadingScenario reopened = given(STARTED, new ReadingFinished(at(100)), new ReadingReopened(at(200)));
		reopened.when(finish(300, 150)).then();
		reopened.when(abandon(300, 150)).then();
		reopened.when(finish(300, 250)).then(new ReadingFinished(at(250), clock(250)));
	}

	@Test
	void firstOfTwoFinishesCountsInAnyOrder() {
		given(STARTED).when(finish(900, 300)).when(finish(900, 500)).then();
		ReadingScenario scenario = given(STARTED).when(finish(900, 500)).when(finish(900, 300));
		scenario.then(new ReadingFinished(at(300), clock(300)));
		assertThat(((Reading.Finished) scenario.current()).at()).isEqualTo(at(300));
		given(STARTED, new ReadingFinished(at(100)), new ReadingReopened(at(200)), new ReadingFinished(at(300)))
			.when(finish(900, 150))
			.then();
	}

	@Test
	void reopeningFromBeforeFinishChangesNothing() {
		given(STARTED).when(finish(300, 300)).when(reopen(400, 200)).then();
		given(STARTED).when(abandon(300, 300)).when(new ResumeReading("ada", clock(200), at(400))).then();
		given(STARTED).when(finish(300, 300))
			.when(new ReopenReading("ada", at(299)))
			.then(new ReadingReopened(at(299)));
	}

	@Test
	void planIsDecidedAtTheTimeItWasMade() {
		SetPlan early = new SetPlan("ada", at(500), clock(100), at(900));
		given(STARTED).when(early).then(new PlanSet(at(500), at(100), clock(100)));
		ReadingScenario planned = given(STARTED, new PlanSet(at(5000), at(200)));
		planned.when(early).then();
		planned.when(new RemovePlan("ada", clock(100), at(900))).then();
		planned.when(new RemovePlan("ada", clock(300), at(900))).then(new PlanRemoved(at(300), clock(300)));
		planned.when(new SetPlan("ada", at(500), clock(250), at(900))).then();
	}

	@Test
	void restoreFromBeforeCurrentPositionChangesNothing() {
		ReadingScenario scenario = given(STARTED).when(report("0.3", 60));
		Reading earlier = scenario.current();
		scenario.when(report("0.9", 120)).when(new RestorePosition("ada", "x-1", earlier, clock(100), at(900))).then();
		scenario.when(new RestorePosition("ada", "x-1", earlier, clock(130), at(900)));
		assertThat(scenario.onlyEvent(PositionRestored.class).occurredAt()).isEqualTo(at(130));
		scenario.when(report("0.95", 900, 125)).thenPositionIs("0.3", "0.3");
	}

	@Test
	void implausibleTimeIsIgnoredAndStored() {
		Instant unset = Instant.parse("2001-01-01T00:03:00Z");
		ReadingScenario scenario = given(STARTED).when(report("0.2", 60, unset));
		PositionReported reported = scenario.onlyEvent(PositionReported.class);
		assertThat(reported.occurredAt()).isEqualTo(at(60));
		assertThat(reported.clock()).isEqualTo(new DeviceClock(unset, null, true));
		assertThat(reported.moved()).isTrue();
		scenario.when(report("0.2", 70, unset)).then();
		scenario.when(report("0.3", 120, unset.plusSeconds(60))).thenPositionIs("0.3", "0.3");
	}

	@Test
	void unsetClockThatTellsItsTimeIsCorrected() {
		Instant unset = Instant.parse("2001-01-01T00:03:00Z");
		ReportPosition report = new ReportPosition("ada", new BigDecimal("0.2"), null, null, null, null,
				new DeviceClock(unset, unset.plusSeconds(10)), PositionUpdateMode.LATEST, at(60));
		PositionReported reported = given(STARTED).when(report).onlyEvent(PositionReported.class);
		assertThat(reported.occurredAt()).isEqualTo(at(50));
	}

	@Test
	void readingMayHaveBegunAMonthBeforeItsStart() {
		Instant month = NOON.minus(Duration.ofDays(31));
		assertThat(given(STARTED).when(report("0.2", 60, month)).onlyEvent(PositionReported.class).occurredAt())
			.isEqualTo(month);
		assertThat(given(STARTED).when(report("0.2", 60, month.minusSeconds(1)))
			.onlyEvent(PositionReported.class)
			.occurredAt()).isEqualTo(at(60));
	}

	@Test
	void startBeforeAnyClockWasSetIsOfNow() {
		DeviceClock unset = new DeviceClock(Instant.parse("2001-01-01T00:03:00Z"), null);
		assertThat(given().when(new StartReading("ada", "a-book", BOOK, null, unset, NOON))
			.onlyEvent(ReadingStarted.class)
			.occurredAt()).isEqualTo(NOON);
	}

	private static FinishReading finish(int received, int occurred) {
		return new FinishReading("ada", clock(occurred), at(received));
	}

	private static AbandonReading abandon(int received, int occurred) {
		return new AbandonReading("ada", clock(occurred), at(received));
	}

	private static ReopenReading reopen(int received, int occurred) {
		return new ReopenReading("ada", clock(occurred), at(received));
	}

	private static ReportPosition report(String fraction, int received) {
		return report(fraction, received, received);
	}

	private static ReportPosition report(String fraction, int received, int occurred) {
		return report(fraction, received, at(occurred));
	}

	private static ReportPosition report(String fraction, int received, Instant occurred) {
		return new ReportPosition("ada", new BigDecimal(fraction), null, null, null, null,
				new DeviceClock(occurred, null), PositionUpdateMode.LATEST, at(received));
	}

	private static DeviceClock clock(int seconds) {
		return new DeviceClock(at(seconds), null);
	}

	private static Instant at(int seconds) {
		return NOON.plusSeconds(seconds);
	}

}
