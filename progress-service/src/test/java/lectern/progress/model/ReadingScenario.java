package lectern.progress.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.model.Decision.Accepted;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A given/when/then test of the reading rules: events, a command, the expected decision.
 */
final class ReadingScenario {

	private Reading openReading = Reading.NOT_STARTED;

	private Decision decision = new Accepted(List.of());

	static ReadingScenario given(ReadingEvent... events) {
		ReadingScenario scenario = new ReadingScenario();
		List.of(events).forEach(scenario::apply);
		return scenario;
	}

	ReadingScenario when(ReadingCommand command) {
		this.decision = ReadingDecider.decide(command, this.openReading);
		events().forEach(this::apply);
		return this;
	}

	ReadingScenario then(ReadingEvent... expected) {
		assertThat(this.decision).isEqualTo(new Accepted(List.of(expected)));
		return this;
	}

	ReadingScenario thenRejected(Rejection expected) {
		assertThat(this.decision).isEqualTo(expected);
		return this;
	}

	ReadingScenario thenInvalid(InvalidCommand expected) {
		assertThat(this.decision).isEqualTo(expected);
		return this;
	}

	/** The current state, also the target of restores. */
	Reading current() {
		return this.openReading;
	}

	Reading.Open openReading() {
		assertThat(this.openReading).isInstanceOf(Reading.Open.class);
		return (Reading.Open) this.openReading;
	}

	/** Assert the current and the furthest position. */
	void thenPositionIs(String position, String furthest) {
		assertThat(openReading().position()).extracting(Position::fraction).isEqualTo(new BigDecimal(position));
		assertThat(openReading().furthest()).extracting(Position::fraction).isEqualTo(new BigDecimal(furthest));
	}

	<E extends ReadingEvent> E onlyEvent(Class<E> type) {
		assertThat(events()).hasSize(1).first().isInstanceOf(type);
		return type.cast(events().getFirst());
	}

	private List<ReadingEvent> events() {
		return (this.decision instanceof Accepted accepted) ? new ArrayList<>(accepted.events()) : List.of();
	}

	private void apply(ReadingEvent event) {
		this.openReading = ReadingDecider.evolve(this.openReading, event);
	}

}
