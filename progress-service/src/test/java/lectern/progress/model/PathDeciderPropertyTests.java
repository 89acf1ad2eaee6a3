package lectern.progress.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import lectern.progress.model.PassRule.EveryStep;
import lectern.progress.model.PassRule.MinimumSteps;
import lectern.progress.model.PathCommand.EvaluateGates;
import lectern.progress.model.PathCommand.JoinPath;
import lectern.progress.model.PathCommand.LeavePath;
import lectern.progress.model.PathCommand.WaiveGate;
import lectern.progress.model.PathDecision.Accepted;
import lectern.progress.model.PathEvent.GatePassed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties of every history: random commands, while books are finished and reopened and
 * the path changes. A failure shows its seed.
 */
class PathDeciderPropertyTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final int COMMANDS = 60;

	static LongStream seeds() {
		return LongStream.rangeClosed(1, 300);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void decidedEventsApplyAndEveryPrefixFolds(long seed) {
		Random random = new Random(seed);
		List<PathEvent> history = new ArrayList<>();
		PathProgress progress = PathProgress.INITIAL;
		for (int number = 0; number < COMMANDS; number++) {
			for (PathEvent event : events(command(random, path(random), finished(random)), progress)) {
				progress = PathDecider.evolve(progress, event);
				history.add(event);
			}
		}
		for (int length = 0; length <= history.size(); length++) {
			fold(history.subList(0, length));
		}
		assertThat(fold(history)).isEqualTo(progress);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void resolvedGatesNeverChange(long seed) {
		Random random = new Random(seed);
		PathProgress progress = PathProgress.INITIAL;
		for (int number = 0; number < COMMANDS; number++) {
			ResolvedGates before = progress.resolvedGates();
			for (PathEvent event : events(command(random, path(random), finished(random)), progress)) {
				progress = PathDecider.evolve(progress, event);
			}
			assertThat(progress.resolvedGates().passed()).containsAll(before.passed())
				.noneMatch(progress.resolvedGates().waived()::contains);
			assertThat(progress.resolvedGates().waived()).containsAll(before.waived());
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void gatePassesOnlyWhenOpenAndSatisfied(long seed) {
		Random random = new Random(seed);
		PathProgress progress = PathProgress.INITIAL;
		for (int number = 0; number < COMMANDS; number++) {
			LearningPath path = path(random);
			Set<String> finished = finished(random);
			for (PathEvent event : events(command(random, path, finished), progress)) {
				if (event instanceof GatePassed passed) {
					Gate gate = path.gate(passed.gate()).orElseThrow();
					assertThat(gate.state(progress.resolvedGates())).isEqualTo(GateState.OPEN);
					assertThat(gate.rule().isSatisfiedBy(passed.books().size(), gate.steps().size())).isTrue();
					assertThat(finished).containsAll(passed.books());
				}
				progress = PathDecider.evolve(progress, event);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void evaluationPassesEverySatisfiedGateAndIsIdempotent(long seed) {
		Random random = new Random(seed);
		PathProgress progress = PathProgress.INITIAL;
		for (int number = 0; number < COMMANDS; number++) {
			LearningPath path = path(random);
			Set<String> finished = finished(random);
			List<PathCommand> commands = List.of(command(random, path, finished),
					new EvaluateGates("ada", path, finished, NOON));
			for (PathCommand command : commands) {
				for (PathEvent event : events(command, progress)) {
					progress = PathDecider.evolve(progress, event);
				}
			}
			assertThat(events(commands.getLast(), progress)).isEmpty();
			if (progress instanceof PathProgress.Joined joined) {
				assertThat(path.gates()).noneMatch(
						(gate) -> gate.state(joined.resolvedGates()) == GateState.OPEN && gate.isSatisfiedBy(finished));
			}
		}
	}

	private static PathProgress fold(List<PathEvent> events) {
		PathProgress progress = PathProgress.INITIAL;
		for (PathEvent event : events) {
			progress = PathDecider.evolve(progress, event);
		}
		return progress;
	}

	private static List<PathEvent> events(PathCommand command, PathProgress progress) {
		return (PathDecider.decide(command, progress) instanceof Accepted accepted) ? accepted.events() : List.of();
	}

	private static PathCommand command(Random random, LearningPath path, Set<String> finished) {
		LearningPath pathOrNull = (random.nextInt(10) > 0) ? path : null;
		return switch (random.nextInt(8)) {
			case 0, 1 -> new JoinPath("ada", pathOrNull, finished, NOON);
			case 2 -> new LeavePath("ada", NOON);
			case 3 -> new WaiveGate("ada", "g" + random.nextInt(7), pathOrNull, finished, NOON);
			default -> new EvaluateGates("ada", pathOrNull, finished, NOON);
		};
	}

	/** Some of six gates in random order; each needs only gates with lower numbers. */
	private static LearningPath path(Random random) {
		List<Gate> gates = new ArrayList<>();
		for (int number = 0; number < 6; number++) {
			if (random.nextInt(4) > 0) {
				List<String> needs = IntStream.range(0, number)
					.filter((_) -> random.nextInt(3) == 0)
					.mapToObj((needed) -> "g" + needed)
					.toList();
				List<String> steps = new ArrayList<>(books(random, random.nextInt(4)));
				PassRule rule = (steps.isEmpty() || random.nextBoolean()) ? new EveryStep()
						: new MinimumSteps(1 + random.nextInt(steps.size()));
				gates.add(new Gate("g" + number, "Gate", needs, rule, steps));
			}
		}
		Collections.shuffle(gates, random);
		return new LearningPath("architect", "Architect", 1, gates, random.nextInt(10) == 0);
	}

	private static Set<String> finished(Random random) {
		return books(random, random.nextInt(8));
	}

	private static Set<String> books(Random random, int count) {
		Set<String> books = new TreeSet<>();
		for (int index = 0; index < count; index++) {
			books.add("b" + random.nextInt(8));
		}
		return books;
	}

}
