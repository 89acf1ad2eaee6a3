package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static lectern.progress.model.ReadingScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Restores of earlier positions. */
class RestorePositionTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final ReadingStarted STARTED = new ReadingStarted("ada",
			new BookSnapshot("a-book", "A Book", List.of()), null, NOON);

	@Test
	void restoresPositionChangedByAnotherDevice() {
		Reading before = given(STARTED).when(report("0.3", 60)).current();
		given(STARTED).when(report("0.3", 60))
			.when(report("0.9", 120))
			.when(restore(before, 180))
			.thenPositionIs("0.3", "0.3");
	}

	@Test
	void restoreCanBeUndone() {
		ReadingScenario scenario = given(STARTED).when(report("0.3", 60));
		Reading earlier = scenario.current();
		Reading.Open latest = scenario.when(report("0.9", 120)).openReading();
		scenario.when(restore(earlier, 180)).when(restore(latest, 240)).thenPositionIs("0.9", "0.9");
		assertThat(scenario.openReading().position()).isEqualTo(latest.position());
		assertThat(scenario.openReading().furthest()).isEqualTo(latest.furthest());
	}

	@Test
	void reportFromBeforeRestoreNeverMovesPosition() {
		ReadingScenario scenario = given(STARTED).when(report("0.3", 60));
		Reading earlier = scenario.current();
		scenario.when(report("0.9", 120)).when(restore(earlier, 180));
		PositionReported late = scenario.when(report("0.95", 300, at(179))).onlyEvent(PositionReported.class);
		assertThat(late.moved()).isFalse();
		assertThat(late.unmoved()).isEqualTo(IgnoredReason.OCCURRED_BEFORE_RESTORE);
		scenario.thenPositionIs("0.3", "0.3");
		scenario.when(report("0.35", 301, at(180))).thenPositionIs("0.35", "0.35");
	}

	@Test
	void restoresToStateThatWasFinished() {
		Reading finished = given(STARTED).when(report("0.3", 60))
			.when(new ReadingCommand.FinishReading("ada", at(61)))
			.current();
		given(STARTED).when(report("0.5", 60)).when(restore(finished, 70)).thenPositionIs("0.3", "0.3");
	}

	@Test
	void rejectsRestoreToBeforeTheFirstReport() {
		ReadingScenario scenario = given(STARTED);
		Reading unreported = scenario.current();
		scenario.when(report("0.3", 60)).when(restore(unreported, 70)).thenRejected(Rejection.NO_POSITION_THEN);
		scenario.when(restore(Reading.NOT_STARTED, 70)).thenRejected(Rejection.NO_POSITION_THEN);
	}

	@Test
	void restoreToCurrentPositionChangesNothing() {
		ReadingScenario scenario = given(STARTED).when(report("0.3", 60));
		scenario.when(restore(scenario.current(), 70)).then();
	}

	private static RestorePosition restore(Reading target, int seconds) {
		return new RestorePosition("ada", "x-1", target, at(seconds));
	}

	private static ReportPosition report(String fraction, int seconds) {
		return report(fraction, seconds, null);
	}

	private static ReportPosition report(String fraction, int seconds, @Nullable Instant occurred) {
		return new ReportPosition("ada", new BigDecimal(fraction), null, null, null, null,
				new DeviceClock(occurred, null), PositionUpdateMode.LATEST, at(seconds));
	}

	private static Instant at(int seconds) {
		return NOON.plusSeconds(seconds);
	}

}
