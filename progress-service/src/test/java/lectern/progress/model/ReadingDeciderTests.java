package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;

import static lectern.progress.model.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ReadingDeciderTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final Book FLUENT_PYTHON = new Book("fluent-python", "Fluent Python", List.of("Luciano Ramalho"));

	private static final ReadingStarted STARTED = new ReadingStarted("ada", FLUENT_PYTHON, "second", NOON);

	private static final Device PHONE = new Device("phone-1", "Phone");

	@Test
	void aKnownBookIsStarted() {
		given().when(new StartReading("ada", "fluent-python", FLUENT_PYTHON, "second", NOON)).then(STARTED);
	}

	@Test
	void anUnknownBookIsNot() {
		given().when(new StartReading("ada", "no-such-book", null, null, NOON)).thenRejected(Rejection.UNKNOWN_BOOK);
	}

	@Test
	void startingTheSameAgainChangesNothingAlsoWhenTheBookIsGone() {
		given(STARTED).when(new StartReading("ada", "fluent-python", null, "second", later(60))).then();
	}

	@Test
	void anIdOfAnotherBookEditionOrReaderIsTaken() {
		given(STARTED).when(new StartReading("ada", "fluent-python", FLUENT_PYTHON, null, NOON))
			.thenRejected(Rejection.ID_TAKEN);
		given(STARTED).when(new StartReading("ada", "other", new Book("other", "Other", List.of()), "second", NOON))
			.thenRejected(Rejection.ID_TAKEN);
		given(STARTED).when(new StartReading("eve", "fluent-python", FLUENT_PYTHON, "second", NOON))
			.thenRejected(Rejection.ID_TAKEN);
	}

	@Test
	void aReportMovesThePositionAndTheFurthest() {
		PositionReported reported = given(STARTED).when(report("0.25", later(60))).only(PositionReported.class);
		assertThat(reported.moved()).isTrue();
		assertThat(reported.furthest()).isTrue();
		assertThat(reported.position().occurredAt()).isEqualTo(later(60));
		assertThat(reported.clock()).isNull();
	}

	@Test
	void goingBackMovesThePositionAndLeavesTheFurthest() {
		Reading.Open reading = given(STARTED).when(report("0.5", later(60))).when(report("0.2", later(120))).reading();
		assertThat(reading.position()).extracting(Position::fraction).isEqualTo(new BigDecimal("0.2"));
		assertThat(reading.furthest()).extracting(Position::fraction).isEqualTo(new BigDecimal("0.5"));
	}

	@Test
	void aLateReportIsKeptWithoutMovingButMayBeTheFurthest() {
		Scenario scenario = given(STARTED).when(report("0.2", later(600)))
			.when(report("0.6", later(900), later(300), null));
		assertThat(scenario.only(PositionReported.class).moved()).isFalse();
		assertThat(scenario.only(PositionReported.class).furthest()).isTrue();
		assertThat(scenario.reading().position()).extracting(Position::fraction).isEqualTo(new BigDecimal("0.2"));
		assertThat(scenario.reading().furthest()).extracting(Position::fraction).isEqualTo(new BigDecimal("0.6"));
	}

	@Test
	void ofTwoReportsOfTheSameInstantTheLaterComerIsCurrent() {
		assertThat(given(STARTED).when(report("0.4", later(60)))
			.when(report("0.3", later(60)))
			.only(PositionReported.class)
			.moved()).isTrue();
	}

	@Test
	void aWrongClockIsCorrectedByWhatItSaysAndKept() {
		// A clock an hour ahead: read 10 minutes before it sent.
		Instant received = later(3600);
		Instant sent = received.plus(Duration.ofHours(1));
		PositionReported reported = given(STARTED)
			.when(report("0.1", received, sent.minus(Duration.ofMinutes(10)), sent))
			.only(PositionReported.class);
		assertThat(reported.position().occurredAt()).isEqualTo(received.minus(Duration.ofMinutes(10)));
		assertThat(reported.clock()).isEqualTo(new DeviceClock(sent.minus(Duration.ofMinutes(10)), sent));
	}

	@Test
	void theFutureIsClampedToNowAndTheUnsetClockToTheEpoch() {
		assertThat(occurred(later(60), later(6000), null)).isEqualTo(later(60));
		assertThat(occurred(later(60), later(100), later(50))).isEqualTo(later(60));
		assertThat(occurred(later(60), Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"))).isEqualTo(Instant.EPOCH);
	}

	@Test
	void somebodyElsesReadingIsNone() {
		given(STARTED)
			.when(new ReportPosition("eve", new BigDecimal("0.5"), null, null, null, null, DeviceClock.SILENT,
					Policy.LATEST, NOON))
			.thenRejected(Rejection.NO_SUCH_READING);
		given().when(report("0.5", NOON)).thenRejected(Rejection.NO_SUCH_READING);
	}

	@Test
	void aDeviceIsRememberedOnceAndRenamed() {
		Scenario scenario = given(STARTED).when(on(PHONE, 1));
		assertThat(scenario.only(PositionReported.class).devices()).containsExactly(PHONE);
		assertThat(scenario.when(on(PHONE, 2)).only(PositionReported.class).devices()).isNull();
		Device renamed = new Device("phone-1", "Ada's phone");
		assertThat(scenario.when(on(renamed, 3)).only(PositionReported.class).devices()).containsExactly(renamed);
	}

	@Test
	void theOldestOfManyDevicesIsForgotten() {
		Scenario scenario = given(STARTED);
		IntStream.rangeClosed(1, 21).forEach((number) -> scenario.when(on(new Device("d" + number, null), number)));
		assertThat(scenario.reading().devices()).hasSize(20)
			.extracting(Device::id)
			.startsWith("d2")
			.endsWith("d21")
			.doesNotContain("d1");
	}

	@Test
	void nothingHappensToAReadingBeforeItsStart() {
		PositionReported reported = given(STARTED).when(report("0.5", NOON)).only(PositionReported.class);
		assertThatIllegalStateException().isThrownBy(() -> ReadingDecider.evolve(Reading.NOTHING_YET, reported));
	}

	private static Instant occurred(Instant received, Instant occurred, @Nullable Instant sent) {
		return given(STARTED).when(report("0.1", received, occurred, sent)).only(PositionReported.class).occurredAt();
	}

	private static ReportPosition report(String fraction, Instant received) {
		return new ReportPosition("ada", new BigDecimal(fraction), null, null, null, null, DeviceClock.SILENT,
				Policy.LATEST, received);
	}

	private static ReportPosition report(String fraction, Instant received, Instant occurred, @Nullable Instant sent) {
		return new ReportPosition("ada", new BigDecimal(fraction), null, null, null, null,
				new DeviceClock(occurred, sent), Policy.LATEST, received);
	}

	private static ReportPosition on(Device device, int seconds) {
		return new ReportPosition("ada", new BigDecimal("0.1"), null, null, null, device, DeviceClock.SILENT,
				Policy.LATEST, later(seconds));
	}

	private static Instant later(int seconds) {
		return NOON.plusSeconds(seconds);
	}

}
