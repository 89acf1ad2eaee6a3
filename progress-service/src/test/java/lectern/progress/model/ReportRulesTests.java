package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;

import static lectern.progress.model.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which reports move the position. The rest of the rules stand in ReadingDeciderTests.
 */
class ReportRulesTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final ReadingStarted STARTED = new ReadingStarted("ada", new Book("a-book", "A Book", List.of()),
			null, NOON);

	@Test
	void aNewerReportThatGoesBackMovesUnderLatest() {
		given(STARTED).when(report("0.5", 60, null, Policy.LATEST))
			.when(report("0.2", 120, null, Policy.LATEST))
			.thenAt("0.2", "0.5");
	}

	@Test
	void aNewerReportThatGoesBackDoesNotMoveUnderFurthest() {
		Scenario scenario = given(STARTED).when(report("0.5", 60, null, Policy.FURTHEST))
			.when(report("0.2", 120, null, Policy.FURTHEST));
		assertThat(scenario.only(PositionReported.class).unmoved()).isEqualTo(Unmoved.NOT_FURTHER);
		scenario.thenAt("0.5", "0.5");
		scenario.when(report("0.6", 180, null, Policy.FURTHEST)).thenAt("0.6", "0.6");
	}

	@Test
	void aPolicyChangesNothingOfThePast() {
		given(STARTED).when(report("0.5", 60, null, Policy.LATEST))
			.when(report("0.2", 120, null, Policy.LATEST))
			.when(report("0.3", 180, null, Policy.FURTHEST))
			.thenAt("0.3", "0.5");
	}

	@Test
	void anOlderReportMovesNothingUnderEitherPolicy() {
		for (Policy policy : Policy.values()) {
			Scenario scenario = given(STARTED).when(report("0.5", 120, null, policy))
				.when(report("0.6", 180, at(60), policy));
			assertThat(scenario.only(PositionReported.class).unmoved()).isEqualTo(Unmoved.OCCURRED_BEFORE_CURRENT);
			scenario.thenAt("0.5", "0.6");
		}
	}

	@Test
	void theSameReportTwiceIsOneEvent() {
		ReportPosition report = report("0.5", 120, at(60), Policy.LATEST);
		ReportPosition again = report("0.5", 500, at(60), Policy.LATEST);
		given(STARTED).when(report).when(again).then();
		given(STARTED).when(report)
			.when(report("0.6", 130, at(65), Policy.LATEST))
			.when(again)
			.then()
			.thenAt("0.6", "0.6");
	}

	@Test
	void aReportOfThisMomentIsNeverTheSameAsAnEarlierOne() {
		assertThat(given(STARTED).when(report("0.5", 60, null, Policy.LATEST))
			.when(report("0.5", 61, null, Policy.LATEST))
			.only(PositionReported.class)
			.moved()).isTrue();
	}

	@Test
	void soManyLatestReportsAreRemembered() {
		Scenario scenario = given(STARTED);
		IntStream.rangeClosed(1, Reports.REMEMBERED + 1)
			.forEach((number) -> scenario.when(report("0.5", 1_000, at(number), Policy.LATEST)));
		scenario.when(report("0.5", 1_000, at(2), Policy.LATEST)).then();
		PositionReported forgotten = scenario.when(report("0.5", 1_000, at(1), Policy.LATEST))
			.only(PositionReported.class);
		assertThat(forgotten.moved()).isFalse();
		assertThat(scenario.reading().reports().latest()).hasSize(Reports.REMEMBERED);
	}

	private static ReportPosition report(String fraction, int seconds, @Nullable Instant occurred, Policy policy) {
		return new ReportPosition("ada", new BigDecimal(fraction), null, null, null, null,
				new DeviceClock(occurred, null), policy, at(seconds));
	}

	private static Instant at(int seconds) {
		return NOON.plusSeconds(seconds);
	}

}
