package lectern.progress.model;

import java.util.List;

import lectern.progress.model.PathDecision.Accepted;

import static org.assertj.core.api.Assertions.assertThat;

/** A given/when/then test of the path rules: events, a command, the expected decision. */
final class PathScenario {

	private PathProgress progress = PathProgress.INITIAL;

	private PathDecision decision = new Accepted(List.of());

	static PathScenario given(PathEvent... events) {
		PathScenario scenario = new PathScenario();
		List.of(events).forEach(scenario::apply);
		return scenario;
	}

	PathScenario when(PathCommand command) {
		this.decision = PathDecider.decide(command, this.progress);
		if (this.decision instanceof Accepted accepted) {
			accepted.events().forEach(this::apply);
		}
		return this;
	}

	PathScenario then(PathEvent... expected) {
		assertThat(this.decision).isEqualTo(new Accepted(List.of(expected)));
		return this;
	}

	void thenRejected(PathRejection expected) {
		assertThat(this.decision).isEqualTo(expected);
	}

	PathProgress progress() {
		return this.progress;
	}

	private void apply(PathEvent event) {
		this.progress = PathDecider.evolve(this.progress, event);
	}

}
