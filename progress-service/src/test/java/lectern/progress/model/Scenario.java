package lectern.progress.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.model.Decision.Accepted;

import static org.assertj.core.api.Assertions.assertThat;

/** Given what happened, when something is asked for, then something happens. */
final class Scenario {

	private Reading reading = Reading.NOTHING_YET;

	private Decision decision = new Accepted(List.of());

	static Scenario given(ReadingEvent... events) {
		Scenario scenario = new Scenario();
		List.of(events).forEach(scenario::apply);
		return scenario;
	}

	Scenario when(ReadingCommand command) {
		this.decision = ReadingDecider.decide(command, this.reading);
		events().forEach(this::apply);
		return this;
	}

	Scenario then(ReadingEvent... expected) {
		assertThat(this.decision).isEqualTo(new Accepted(List.of(expected)));
		return this;
	}

	Scenario thenRejected(Rejection expected) {
		assertThat(this.decision).isEqualTo(expected);
		return this;
	}

	/** As it stands, which others may be taken back to. */
	Reading now() {
		return this.reading;
	}

	Reading.Open reading() {
		assertThat(this.reading).isInstanceOf(Reading.Open.class);
		return (Reading.Open) this.reading;
	}

	/** Where the reader is, and how far the reader has been. */
	void thenAt(String position, String furthest) {
		assertThat(reading().position()).extracting(Position::fraction).isEqualTo(new BigDecimal(position));
		assertThat(reading().furthest()).extracting(Position::fraction).isEqualTo(new BigDecimal(furthest));
	}

	<E extends ReadingEvent> E only(Class<E> type) {
		assertThat(events()).hasSize(1).first().isInstanceOf(type);
		return type.cast(events().getFirst());
	}

	private List<ReadingEvent> events() {
		return (this.decision instanceof Accepted accepted) ? new ArrayList<>(accepted.events()) : List.of();
	}

	private void apply(ReadingEvent event) {
		this.reading = ReadingDecider.evolve(this.reading, event);
	}

}
