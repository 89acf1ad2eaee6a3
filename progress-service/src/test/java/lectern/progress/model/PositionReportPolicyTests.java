package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static lectern.progress.model.ReadingScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Which reports move the position. {@link ReadingDeciderTests} tests the other rules. */
class PositionReportPolicyTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final ReadingStarted STARTED = new ReadingStarted("ada",
			new BookSnapshot("a-book", "A Book", List.of()), null, NOON);

	@Test
	void newerBackwardReportMovesPositionInLatestMode() {
		given(STARTED).when(report("0.5", 60, null, PositionUpdateMode.LATEST))
			.when(report("0.2", 120, null, PositionUpdateMode.LATEST))
			.thenPositionIs("0.2", "0.5");
	}

	@Test
	void newerBackwardReportIsIgnoredInFurthestMode() {
		ReadingScenario scenario = given(STARTED).when(report("0.5", 60, null, PositionUpdateMode.FURTHEST))
			.when(report("0.2", 120, null, PositionUpdateMode.FURTHEST));
		assertThat(scenario.onlyEvent(PositionReported.class).unmoved()).isEqualTo(IgnoredReason.NOT_FURTHER);
		scenario.thenPositionIs("0.5", "0.5");
		scenario.when(report("0.6", 180, null, PositionUpdateMode.FURTHEST)).thenPositionIs("0.6", "0.6");
	}

	@Test
	void changedUpdateModeKeepsEarlierDecisions() {
		given(STARTED).when(report("0.5", 60, null, PositionUpdateMode.LATEST))
			.when(report("0.2", 120, null, PositionUpdateMode.LATEST))
			.when(report("0.3", 180, null, PositionUpdateMode.FURTHEST))
			.thenPositionIs("0.3", "0.5");
	}

	@Test
	void olderReportNeverMovesPosition() {
		for (PositionUpdateMode mode : PositionUpdateMode.values()) {
			ReadingScenario scenario = given(STARTED).when(report("0.5", 120, null, mode))
				.when(report("0.6", 180, at(60), mode));
			assertThat(scenario.onlyEvent(PositionReported.class).unmoved())
				.isEqualTo(IgnoredReason.OCCURRED_BEFORE_CURRENT);
			scenario.thenPositionIs("0.5", "0.6");
		}
	}

	/** Only a device can tell that a report is late; clocks of nodes differ. */
	@Test
	void reportWithoutTimeMovesPositionAfterClockWasSetBack() {
		ReadingScenario scenario = given(STARTED).when(report("0.5", 3600, null, PositionUpdateMode.LATEST));
		Reading earlier = scenario.current();
		PositionReported next = scenario.when(report("0.6", 60, null, PositionUpdateMode.LATEST))
			.onlyEvent(PositionReported.class);
		assertThat(next.moved()).isTrue();
		assertThat(next.occurredAt()).isEqualTo(at(3600));
		scenario.when(new RestorePosition("ada", "x-1", earlier, at(7200)))
			.when(report("0.7", 120, null, PositionUpdateMode.LATEST))
			.thenPositionIs("0.7", "0.7");
		scenario.when(report("0.8", 180, at(60), PositionUpdateMode.LATEST)).thenPositionIs("0.7", "0.7");
	}

	@Test
	void repeatedReportIsStoredOnce() {
		ReportPosition report = report("0.5", 120, at(60), PositionUpdateMode.LATEST);
		ReportPosition repeated = report("0.5", 500, at(60), PositionUpdateMode.LATEST);
		given(STARTED).when(report).when(repeated).then();
		given(STARTED).when(report)
			.when(report("0.6", 130, at(65), PositionUpdateMode.LATEST))
			.when(repeated)
			.then()
			.thenPositionIs("0.6", "0.6");
	}

	@Test
	void reportWithoutTimeIsNeverADuplicate() {
		assertThat(given(STARTED).when(report("0.5", 60, null, PositionUpdateMode.LATEST))
			.when(report("0.5", 61, null, PositionUpdateMode.LATEST))
			.onlyEvent(PositionReported.class)
			.moved()).isTrue();
	}

	@Test
	void recentReportsAreBoundedAndOldestIsEvicted() {
		ReadingScenario scenario = given(STARTED);
		IntStream.rangeClosed(1, RecentReports.CAPACITY + 1)
			.forEach((number) -> scenario.when(report("0.5", 1_000, at(number), PositionUpdateMode.LATEST)));
		scenario.when(report("0.5", 1_000, at(2), PositionUpdateMode.LATEST)).then();
		PositionReported evicted = scenario.when(report("0.5", 1_000, at(1), PositionUpdateMode.LATEST))
			.onlyEvent(PositionReported.class);
		assertThat(evicted.moved()).isFalse();
		assertThat(scenario.openReading().reports().latest()).hasSize(RecentReports.CAPACITY);
	}

	private static ReportPosition report(String fraction, int seconds, @Nullable Instant occurred,
			PositionUpdateMode mode) {
		return new ReportPosition("ada", new BigDecimal(fraction), null, null, null, null,
				new DeviceClock(occurred, null), mode, at(seconds));
	}

	private static Instant at(int seconds) {
		return NOON.plusSeconds(seconds);
	}

}
