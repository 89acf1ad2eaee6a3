package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static lectern.progress.model.ReadingScenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ReadingDeciderTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final BookSnapshot FLUENT_PYTHON = new BookSnapshot("fluent-python", "Fluent Python",
			List.of("Luciano Ramalho"));

	private static final ReadingStarted STARTED = new ReadingStarted("ada", FLUENT_PYTHON, "second", NOON);

	private static final RequestedEdition SECOND = new RequestedEdition("second", new BookEdition("second", null),
			List.of("second"));

	private static final Device PHONE = new Device("phone-1", "Phone");

	@Test
	void startsKnownBook() {
		given().when(new StartReading("ada", "fluent-python", FLUENT_PYTHON, SECOND, NOON)).then(STARTED);
	}

	@Test
	void rejectsUnknownBook() {
		given().when(new StartReading("ada", "no-such-book", null, null, NOON)).thenRejected(Rejection.UNKNOWN_BOOK);
	}

	@Test
	void repeatedStartChangesNothingEvenForRemovedBook() {
		given(STARTED).when(new StartReading("ada", "fluent-python", null, SECOND, later(60))).then();
	}

	@Test
	void rejectsIdUsedForAnotherBookEditionOrReader() {
		given(STARTED).when(new StartReading("ada", "fluent-python", FLUENT_PYTHON, null, NOON))
			.thenRejected(Rejection.ID_TAKEN);
		given(STARTED)
			.when(new StartReading("ada", "other", new BookSnapshot("other", "Other", List.of()), SECOND, NOON))
			.thenRejected(Rejection.ID_TAKEN);
		given(STARTED).when(new StartReading("eve", "fluent-python", FLUENT_PYTHON, SECOND, NOON))
			.thenRejected(Rejection.ID_TAKEN);
	}

	@Test
	void reportMovesPositionAndFurthest() {
		PositionReported reported = given(STARTED).when(report("0.25", later(60))).onlyEvent(PositionReported.class);
		assertThat(reported.moved()).isTrue();
		assertThat(reported.furthest()).isTrue();
		assertThat(reported.position().occurredAt()).isEqualTo(later(60));
		assertThat(reported.clock()).isNull();
	}

	@Test
	void backwardReportMovesPositionAndKeepsFurthest() {
		Reading.Open reading = given(STARTED).when(report("0.5", later(60)))
			.when(report("0.2", later(120)))
			.openReading();
		assertThat(reading.position()).extracting(Position::fraction).isEqualTo(new BigDecimal("0.2"));
		assertThat(reading.furthest()).extracting(Position::fraction).isEqualTo(new BigDecimal("0.5"));
	}

	@Test
	void lateReportIsStoredWithoutMovingButUpdatesFurthest() {
		ReadingScenario scenario = given(STARTED).when(report("0.2", later(600)))
			.when(report("0.6", later(900), later(300), null));
		assertThat(scenario.onlyEvent(PositionReported.class).moved()).isFalse();
		assertThat(scenario.onlyEvent(PositionReported.class).furthest()).isTrue();
		assertThat(scenario.openReading().position()).extracting(Position::fraction).isEqualTo(new BigDecimal("0.2"));
		assertThat(scenario.openReading().furthest()).extracting(Position::fraction).isEqualTo(new BigDecimal("0.6"));
	}

	@Test
	void laterArrivalWinsBetweenReportsOfTheSameInstant() {
		assertThat(given(STARTED).when(report("0.4", later(60)))
			.when(report("0.3", later(60)))
			.onlyEvent(PositionReported.class)
			.moved()).isTrue();
	}

	@Test
	void wrongClockIsCorrectedAndStored() {
		// The clock is an hour ahead; the position is of 10 minutes before the sending.
		Instant received = later(3600);
		Instant sent = received.plus(Duration.ofHours(1));
		PositionReported reported = given(STARTED)
			.when(report("0.1", received, sent.minus(Duration.ofMinutes(10)), sent))
			.onlyEvent(PositionReported.class);
		assertThat(reported.position().occurredAt()).isEqualTo(received.minus(Duration.ofMinutes(10)));
		assertThat(reported.clock()).isEqualTo(new DeviceClock(sent.minus(Duration.ofMinutes(10)), sent));
	}

	@Test
	void futureTimeIsClampedToNow() {
		assertThat(correctedTime(later(60), later(6000), null)).isEqualTo(later(60));
		assertThat(correctedTime(later(60), later(100), later(50))).isEqualTo(later(60));
	}

	@Test
	void otherReadersReadingIsUnknown() {
		given(STARTED)
			.when(new ReportPosition("eve", new BigDecimal("0.5"), null, null, null, null, DeviceClock.UNKNOWN,
					PositionUpdateMode.LATEST, NOON))
			.thenRejected(Rejection.NO_SUCH_READING);
		given().when(report("0.5", NOON)).thenRejected(Rejection.NO_SUCH_READING);
	}

	@Test
	void deviceIsStoredOnceAndCanBeRenamed() {
		ReadingScenario scenario = given(STARTED).when(reportFrom(PHONE, 1));
		assertThat(scenario.onlyEvent(PositionReported.class).devices()).containsExactly(PHONE);
		assertThat(scenario.when(reportFrom(PHONE, 2)).onlyEvent(PositionReported.class).devices()).isNull();
		Device renamed = new Device("phone-1", "Ada's phone");
		assertThat(scenario.when(reportFrom(renamed, 3)).onlyEvent(PositionReported.class).devices())
			.containsExactly(renamed);
	}

	@Test
	void oldestDeviceIsEvictedAtTheLimit() {
		ReadingScenario scenario = given(STARTED);
		IntStream.rangeClosed(1, 21)
			.forEach((number) -> scenario.when(reportFrom(new Device("d" + number, null), number)));
		assertThat(scenario.openReading().devices()).hasSize(20)
			.extracting(Device::id)
			.startsWith("d2")
			.endsWith("d21")
			.doesNotContain("d1");
	}

	@Test
	void evolveRejectsEventBeforeStart() {
		PositionReported reported = given(STARTED).when(report("0.5", NOON)).onlyEvent(PositionReported.class);
		assertThatIllegalStateException().isThrownBy(() -> ReadingDecider.evolve(Reading.NOT_STARTED, reported));
	}

	private static Instant correctedTime(Instant received, Instant occurred, @Nullable Instant sent) {
		return given(STARTED).when(report("0.1", received, occurred, sent))
			.onlyEvent(PositionReported.class)
			.occurredAt();
	}

	private static ReportPosition report(String fraction, Instant received) {
		return new ReportPosition("ada", new BigDecimal(fraction), null, null, null, null, DeviceClock.UNKNOWN,
				PositionUpdateMode.LATEST, received);
	}

	private static ReportPosition report(String fraction, Instant received, Instant occurred, @Nullable Instant sent) {
		return new ReportPosition("ada", new BigDecimal(fraction), null, null, null, null,
				new DeviceClock(occurred, sent), PositionUpdateMode.LATEST, received);
	}

	private static ReportPosition reportFrom(Device device, int seconds) {
		return new ReportPosition("ada", new BigDecimal("0.1"), null, null, null, device, DeviceClock.UNKNOWN,
				PositionUpdateMode.LATEST, later(seconds));
	}

	private static Instant later(int seconds) {
		return NOON.plusSeconds(seconds);
	}

}
