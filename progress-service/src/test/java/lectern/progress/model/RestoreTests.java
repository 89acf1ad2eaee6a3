package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;

import static lectern.progress.model.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

/** A lost place is found again. */
class RestoreTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final ReadingStarted STARTED = new ReadingStarted("ada", new Book("a-book", "A Book", List.of()),
			null, NOON);

	@Test
	void aPlaceLostToAStrayDeviceIsRestored() {
		Reading before = given(STARTED).when(report("0.3", 60)).now();
		given(STARTED).when(report("0.3", 60)).when(report("0.9", 120)).when(restore(before, 180)).thenAt("0.3", "0.3");
	}

	@Test
	void aRestoreCanItselfBeUndone() {
		Scenario scenario = given(STARTED).when(report("0.3", 60));
		Reading early = scenario.now();
		Reading.Open lost = scenario.when(report("0.9", 120)).reading();
		scenario.when(restore(early, 180)).when(restore(lost, 240)).thenAt("0.9", "0.9");
		assertThat(scenario.reading().position()).isEqualTo(lost.position());
		assertThat(scenario.reading().furthest()).isEqualTo(lost.furthest());
	}

	@Test
	void whatIsFromBeforeTheRestoreNeverMovesThePositionAgain() {
		Scenario scenario = given(STARTED).when(report("0.3", 60));
		Reading early = scenario.now();
		scenario.when(report("0.9", 120)).when(restore(early, 180));
		PositionReported stray = scenario.when(report("0.95", 300, at(179))).only(PositionReported.class);
		assertThat(stray.moved()).isFalse();
		assertThat(stray.unmoved()).isEqualTo(Unmoved.OCCURRED_BEFORE_RESTORE);
		scenario.thenAt("0.3", "0.3");
		scenario.when(report("0.35", 301, at(180))).thenAt("0.35", "0.35");
	}

	@Test
	void aReadingIsRestoredToAnEarlierOneHoweverThatStood() {
		Reading finished = given(STARTED).when(report("0.3", 60))
			.when(new ReadingCommand.FinishReading("ada", at(61)))
			.now();
		given(STARTED).when(report("0.5", 60)).when(restore(finished, 70)).thenAt("0.3", "0.3");
	}

	@Test
	void thereIsNothingToRestoreFromBeforeTheFirstReport() {
		Scenario scenario = given(STARTED);
		Reading unread = scenario.now();
		scenario.when(report("0.3", 60)).when(restore(unread, 70)).thenRejected(Rejection.NO_POSITION_THEN);
		scenario.when(restore(Reading.NOTHING_YET, 70)).thenRejected(Rejection.NO_POSITION_THEN);
	}

	@Test
	void whoIsThereAlreadyIsRestoredWithoutAnEvent() {
		Scenario scenario = given(STARTED).when(report("0.3", 60));
		scenario.when(restore(scenario.now(), 70)).then();
	}

	private static RestorePosition restore(Reading then, int seconds) {
		return new RestorePosition("ada", "x-1", then, at(seconds));
	}

	private static ReportPosition report(String fraction, int seconds) {
		return report(fraction, seconds, null);
	}

	private static ReportPosition report(String fraction, int seconds, @Nullable Instant occurred) {
		return new ReportPosition("ada", new BigDecimal(fraction), null, null, null, null,
				new DeviceClock(occurred, null), Policy.LATEST, at(seconds));
	}

	private static Instant at(int seconds) {
		return NOON.plusSeconds(seconds);
	}

}
