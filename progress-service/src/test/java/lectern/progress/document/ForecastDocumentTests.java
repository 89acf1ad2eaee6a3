package lectern.progress.document;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import lectern.progress.forecast.Place;
import lectern.progress.log.StoredEvent;
import lectern.progress.model.Book;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.model.ReadingEvent;

import static org.assertj.core.api.Assertions.assertThat;

class ForecastDocumentTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final List<StoredEvent> events = new ArrayList<>();

	@Test
	void whatMovedThePositionIsAPlaceAndNothingElse() {
		start();
		happens(reported(1, 0.1, true));
		happens(reported(2, 0.9, false));
		happens(reported(3, 0.3, true));
		assertThat(Places.of(this.events)).containsExactly(new Place(day(1), 0.1), new Place(day(3), 0.3));
	}

	@Test
	void whatARestoreTookBackWasNotRead() {
		start();
		happens(reported(1, 0.1, true));
		happens(reported(2, 0.2, true));
		happens(reported(3, 0.97, true));
		happens(new PositionRestored("x-3", position(2, 0.2), position(2, 0.2), day(4)));
		assertThat(Places.of(this.events)).containsExactly(new Place(day(1), 0.1), new Place(day(2), 0.2));
		happens(reported(5, 0.3, true));
		assertThat(Places.of(this.events)).hasSize(3);
	}

	@Test
	void aRestoreThatIsUndoneWasRead() {
		start();
		happens(reported(1, 0.1, true));
		happens(reported(3, 0.6, true));
		happens(new PositionRestored("x-2", position(1, 0.1), position(1, 0.1), day(4)));
		happens(new PositionRestored("x-3", position(3, 0.6), position(3, 0.6), day(4)));
		assertThat(Places.of(this.events)).containsExactly(new Place(day(1), 0.1), new Place(day(3), 0.6));
	}

	@Test
	void aForecastIsToldInMinutes() {
		readForTenDays();
		ForecastDocument forecast = ForecastDocument.of(this.events, day(10).plusSeconds(3));
		assertThat(forecast.state()).isEqualTo("expected");
		assertThat(forecast.at()).isEqualTo(day(10).plusSeconds(60));
		assertThat(List.of(Objects.requireNonNull(forecast.expected()), Objects.requireNonNull(forecast.earliest()),
				Objects.requireNonNull(forecast.latest())))
			.allSatisfy((instant) -> assertThat(instant).isEqualTo(instant.truncatedTo(ChronoUnit.MINUTES)));
		assertThat(forecast.basis()).isEqualTo(new ForecastDocument.Basis(11, Duration.ofDays(10).plusMinutes(1)));
		assertThat(forecast.plan()).isNull();
	}

	@Test
	void aPlanIsToldToBeOnTimeOrNot() {
		readForTenDays();
		happens(new PlanSet(day(12), day(10)));
		ForecastDocument.PlanForecast tight = plan(day(10));
		assertThat(tight.onTime()).isFalse();
		assertThat(tight.probability()).isLessThan(0.1);
		happens(new PlanSet(day(200), day(10)));
		assertThat(plan(day(10)).onTime()).isTrue();
		assertThat(plan(day(90)).onTime()).as("stopped").isNull();
		assertThat(plan(day(90)).finishBy()).isEqualTo(day(200));
	}

	@Test
	void whatEndedIsToldAsItEnded() {
		readForTenDays();
		assertThat(ForecastDocument.of(this.events, day(90)).state()).isEqualTo("stopped");
		assertThat(ForecastDocument.of(this.events, day(90)).since()).isEqualTo(day(10));
		happens(new PlanSet(day(12), day(10)));
		happens(new ReadingFinished(day(11)));
		ForecastDocument finished = ForecastDocument.of(this.events, day(90));
		assertThat(finished.state()).isEqualTo("finished");
		assertThat(finished.since()).isEqualTo(day(11));
		assertThat(finished.plan()).isEqualTo(new ForecastDocument.PlanForecast(day(12), true, null));
	}

	@Test
	void whatWasGivenUpIsNotForeseen() {
		readForTenDays();
		happens(new ReadingAbandoned(day(11)));
		ForecastDocument abandoned = ForecastDocument.of(this.events, day(12));
		assertThat(abandoned.state()).isEqualTo("abandoned");
		assertThat(abandoned.expected()).isNull();
	}

	@Test
	void whoIsAtTheEndHasNotFinishedYet() {
		start();
		happens(reported(1, 1, true));
		ForecastDocument end = ForecastDocument.of(this.events, day(2));
		assertThat(end.state()).isEqualTo("at-the-end");
		assertThat(end.since()).isEqualTo(day(1));
	}

	/** The bound of the work that a reading of any length makes. */
	@Test
	void aReadingOfTenThousandReportsHasAForecast() {
		start();
		for (int i = 0; i < 10_000; i++) {
			happens(reported(i / 50.0, i / 20_000.0, true));
		}
		long begin = System.nanoTime();
		ForecastDocument forecast = ForecastDocument.of(this.events, day(200));
		System.out.printf("acceptance: a forecast from 10,000 reports, the first time: %.1f ms%n",
				(System.nanoTime() - begin) / 1e6);
		assertThat(Objects.requireNonNull(forecast.basis()).reports()).isEqualTo(10_000);
	}

	private ForecastDocument.PlanForecast plan(Instant now) {
		return Objects.requireNonNull(ForecastDocument.of(this.events, now).plan());
	}

	private void readForTenDays() {
		start();
		for (int day = 0; day <= 10; day++) {
			happens(reported(day, day * 0.05, true));
		}
	}

	private void start() {
		happens(new ReadingStarted("ada", new Book("a-book", "A Book", List.of()), null, NOON));
	}

	private void happens(ReadingEvent event) {
		int version = this.events.size() + 1;
		this.events.add(new StoredEvent(version, "0f8fad5b-d9cb-469f-a165-70867728950e", version, "ada", "any",
				"a-book", event.occurredAt(), event.occurredAt(), event));
	}

	private static PositionReported reported(double day, double fraction, boolean moved) {
		return new PositionReported(position(day, fraction), null, moved, null, false, null);
	}

	private static Position position(double day, double fraction) {
		return new Position(BigDecimal.valueOf(fraction), null, null, null, null, day(day));
	}

	private static Instant day(double number) {
		return NOON.plusSeconds((long) (number * 86_400));
	}

}
