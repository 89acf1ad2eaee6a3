package lectern.progress.representation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.forecast.ProgressSample;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForecastResponseTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final List<StoredEvent> events = new ArrayList<>();

	@Test
	void onlyReportsThatMovedThePositionAreSamples() {
		start();
		append(reported(1, 0.1, true));
		append(reported(2, 0.9, false));
		append(reported(3, 0.3, true));
		assertThat(ProgressSamples.of(this.events)).containsExactly(new ProgressSample(day(1), 0.1),
				new ProgressSample(day(3), 0.3));
	}

	@Test
	void restoredAwayReportsAreNotSamples() {
		start();
		append(reported(1, 0.1, true));
		append(reported(2, 0.2, true));
		append(reported(3, 0.97, true));
		append(new PositionRestored("x-3", position(2, 0.2), position(2, 0.2), day(4)));
		assertThat(ProgressSamples.of(this.events)).containsExactly(new ProgressSample(day(1), 0.1),
				new ProgressSample(day(2), 0.2));
		append(reported(5, 0.3, true));
		assertThat(ProgressSamples.of(this.events)).hasSize(3);
	}

	@Test
	void undoneRestoreKeepsSamples() {
		start();
		append(reported(1, 0.1, true));
		append(reported(3, 0.6, true));
		append(new PositionRestored("x-2", position(1, 0.1), position(1, 0.1), day(4)));
		append(new PositionRestored("x-3", position(3, 0.6), position(3, 0.6), day(4)));
		assertThat(ProgressSamples.of(this.events)).containsExactly(new ProgressSample(day(1), 0.1),
				new ProgressSample(day(3), 0.6));
	}

	@Test
	void forecastInstantsAreRoundedToMinutes() {
		readForTenDays();
		ForecastResponse forecast = ForecastResponse.of(this.events, day(10).plusSeconds(3));
		assertThat(forecast.state()).isEqualTo("expected");
		assertThat(forecast.at()).isEqualTo(day(10).plusSeconds(60));
		assertThat(List.of(Objects.requireNonNull(forecast.expected()), Objects.requireNonNull(forecast.earliest()),
				Objects.requireNonNull(forecast.latest())))
			.allSatisfy((instant) -> assertThat(instant).isEqualTo(instant.truncatedTo(ChronoUnit.MINUTES)));
		assertThat(forecast.basis()).isEqualTo(new ForecastResponse.BasisView(11, Duration.ofDays(10).plusMinutes(1)));
		assertThat(forecast.plan()).isNull();
	}

	@Test
	void forecastTellsWhetherPlanIsOnTime() {
		readForTenDays();
		append(new PlanSet(day(12), day(10)));
		ForecastResponse.PlanForecast tight = plan(day(10));
		assertThat(tight.onTime()).isFalse();
		assertThat(tight.probability()).isLessThan(0.1);
		append(new PlanSet(day(200), day(10)));
		assertThat(plan(day(10)).onTime()).isTrue();
		assertThat(plan(day(90)).onTime()).as("reading has stopped").isNull();
		assertThat(plan(day(90)).finishBy()).isEqualTo(day(200));
	}

	@Test
	void stoppedAndFinishedReadingsHaveNoEstimate() {
		readForTenDays();
		assertThat(ForecastResponse.of(this.events, day(90)).state()).isEqualTo("stopped");
		assertThat(ForecastResponse.of(this.events, day(90)).since()).isEqualTo(day(10));
		append(new PlanSet(day(12), day(10)));
		append(new ReadingFinished(day(11)));
		ForecastResponse finished = ForecastResponse.of(this.events, day(90));
		assertThat(finished.state()).isEqualTo("finished");
		assertThat(finished.since()).isEqualTo(day(11));
		assertThat(finished.plan()).isEqualTo(new ForecastResponse.PlanForecast(day(12), true, null));
	}

	@Test
	void abandonedReadingHasNoEstimate() {
		readForTenDays();
		append(new ReadingAbandoned(day(11)));
		ForecastResponse abandoned = ForecastResponse.of(this.events, day(12));
		assertThat(abandoned.state()).isEqualTo("abandoned");
		assertThat(abandoned.expected()).isNull();
	}

	@Test
	void readingAtTheEndIsNotFinished() {
		start();
		append(reported(1, 1, true));
		ForecastResponse end = ForecastResponse.of(this.events, day(2));
		assertThat(end.state()).isEqualTo("at-the-end");
		assertThat(end.since()).isEqualTo(day(1));
	}

	/** The cost of a forecast must stay bounded for long readings. */
	@Test
	void forecastFromTenThousandReportsSucceeds() {
		start();
		for (int report = 0; report < 10_000; report++) {
			append(reported(report / 50.0, report / 20_000.0, true));
		}
		long begin = System.nanoTime();
		ForecastResponse forecast = ForecastResponse.of(this.events, day(200));
		System.out.printf("acceptance: first forecast from 10,000 reports took %.1f ms%n",
				(System.nanoTime() - begin) / 1e6);
		assertThat(Objects.requireNonNull(forecast.basis()).reports()).isEqualTo(10_000);
	}

	private ForecastResponse.PlanForecast plan(Instant now) {
		return Objects.requireNonNull(ForecastResponse.of(this.events, now).plan());
	}

	private void readForTenDays() {
		start();
		for (int day = 0; day <= 10; day++) {
			append(reported(day, day * 0.05, true));
		}
	}

	private void start() {
		append(new ReadingStarted("ada", new BookSnapshot("a-book", "A Book", List.of()), null, NOON));
	}

	private void append(ReadingEvent event) {
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
