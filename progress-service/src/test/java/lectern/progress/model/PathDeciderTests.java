package lectern.progress.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import lectern.progress.model.PassRule.EveryStep;
import lectern.progress.model.PassRule.MinimumSteps;
import lectern.progress.model.PathCommand.EvaluateGates;
import lectern.progress.model.PathCommand.JoinPath;
import lectern.progress.model.PathCommand.LeavePath;
import lectern.progress.model.PathCommand.WaiveGate;
import lectern.progress.model.PathEvent.GatePassed;
import lectern.progress.model.PathEvent.GateWaived;
import lectern.progress.model.PathEvent.PathJoined;
import lectern.progress.model.PathEvent.PathLeft;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static lectern.progress.model.PathScenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PathDeciderTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final Gate BASICS = gate("basics", new EveryStep(), List.of(), "python", "git");

	private static final Gate PRACTICE = gate("practice", new MinimumSteps(2), List.of("basics"), "tdd", "refactoring",
			"ddd");

	private static final Gate MASTERY = gate("mastery", new EveryStep(), List.of("basics", "practice"), "sicp");

	private static final LearningPath PATH = path(BASICS, PRACTICE, MASTERY);

	private static final LearningPath REMOVED = new LearningPath("architect", "Architect", 2, PATH.gates(), true);

	private static final PathJoined JOINED = new PathJoined("ada", "architect", "Architect", NOON);

	private static final PathLeft LEFT = new PathLeft(NOON);

	@Test
	void joinsKnownPath() {
		given().when(join(PATH)).then(JOINED);
	}

	@Test
	void rejectsJoiningUnknownPath() {
		given().when(join(null)).thenRejected(PathRejection.UNKNOWN_PATH);
	}

	@Test
	void joiningTwiceChangesNothingEvenForRemovedPath() {
		given(JOINED).when(join(PATH)).then();
		given(JOINED).when(join(null)).then();
		given(JOINED).when(join(REMOVED)).then();
	}

	@Test
	void removedPathCannotBeJoinedOrRejoined() {
		given().when(join(REMOVED)).thenRejected(PathRejection.UNKNOWN_PATH);
		given(JOINED, LEFT).when(join(REMOVED)).thenRejected(PathRejection.UNKNOWN_PATH);
	}

	@Test
	void joinedReaderContinuesOnRemovedPath() {
		given(JOINED).when(evaluate(REMOVED, "python", "git")).then(passed("basics", "python", "git"));
		given(JOINED).when(waive("basics", REMOVED)).then(new GateWaived("basics", NOON));
		given(JOINED).when(leave()).then(LEFT);
	}

	@Test
	void joiningPassesSatisfiedGatesAndThoseTheyOpen() {
		given().when(join(PATH, "python", "git", "ddd", "tdd"))
			.then(JOINED, passed("basics", "python", "git"), passed("practice", "tdd", "ddd"));
	}

	@Test
	void gateListedBeforeItsDependencyPassesAfterIt() {
		given().when(join(path(PRACTICE, BASICS), "python", "git", "ddd", "tdd"))
			.then(JOINED, passed("basics", "python", "git"), passed("practice", "tdd", "ddd"));
	}

	@Test
	void closedGateDoesNotPassEvenIfSatisfied() {
		given(JOINED).when(evaluate(PATH, "tdd", "refactoring", "ddd", "sicp")).then();
	}

	@Test
	void allRuleNeedsEveryStepAndAnyRuleNeedsItsCount() {
		given(JOINED).when(evaluate(PATH, "python")).then();
		given(JOINED, passed("basics")).when(evaluate(PATH, "ddd")).then();
		given(JOINED, passed("basics")).when(evaluate(PATH, "ddd", "tdd")).then(passed("practice", "tdd", "ddd"));
	}

	@Test
	void gateOpensWhenAllItsDependenciesAreResolved() {
		given(JOINED, passed("basics")).when(evaluate(PATH, "sicp")).then();
		given(JOINED, passed("basics"), passed("practice")).when(evaluate(PATH, "sicp"))
			.then(passed("mastery", "sicp"));
	}

	@Test
	void gateWithoutStepsPassesWhenOpened() {
		LearningPath path = path(BASICS, gate("rest", new EveryStep(), List.of("basics")));
		given(JOINED).when(evaluate(path)).then();
		given(JOINED).when(evaluate(path, "python", "git")).then(passed("basics", "python", "git"), passed("rest"));
	}

	@Test
	void evaluatingTwiceChangesNothing() {
		given(JOINED).when(evaluate(PATH, "python", "git"))
			.then(passed("basics", "python", "git"))
			.when(evaluate(PATH, "python", "git"))
			.then();
	}

	@Test
	void reopenedBookKeepsGatePassed() {
		PathScenario scenario = given(JOINED, passed("basics", "python", "git")).when(evaluate(PATH));
		scenario.then();
		assertThat(BASICS.state(scenario.progress().resolvedGates())).isEqualTo(GateState.PASSED);
		assertThat(PRACTICE.state(scenario.progress().resolvedGates())).isEqualTo(GateState.OPEN);
	}

	@Test
	void addedStepsAffectOnlyGatesNotPassed() {
		LearningPath grown = path(gate("basics", new EveryStep(), List.of(), "python", "git", "sql"), PRACTICE);
		given(JOINED, passed("basics")).when(evaluate(grown, "python", "git", "tdd", "ddd"))
			.then(passed("practice", "tdd", "ddd"));
		given(JOINED).when(evaluate(grown, "python", "git")).then();
		given(JOINED).when(evaluate(grown, "python", "git", "sql")).then(passed("basics", "python", "git", "sql"));
	}

	@Test
	void relaxedRulePassesGate() {
		given(JOINED).when(evaluate(path(gate("basics", new MinimumSteps(1), List.of(), "python", "git")), "git"))
			.then(passed("basics", "git"));
	}

	@Test
	void addedDependencyKeepsGatePassed() {
		Gate first = gate("first", new EveryStep(), List.of(), "unread");
		Gate basics = gate("basics", new EveryStep(), List.of("first"), "python", "git");
		PathScenario scenario = given(JOINED, passed("basics")).when(evaluate(path(first, basics)));
		scenario.then();
		assertThat(basics.state(scenario.progress().resolvedGates())).isEqualTo(GateState.PASSED);
	}

	@Test
	void missingPathPassesNoGates() {
		given(JOINED).when(new EvaluateGates("ada", null, Set.of("python", "git"), NOON)).then();
	}

	@Test
	void waivedGateOpensAndPassesOthers() {
		given(JOINED).when(waive("basics", PATH, "tdd", "ddd", "sicp"))
			.then(new GateWaived("basics", NOON), passed("practice", "tdd", "ddd"), passed("mastery", "sicp"));
	}

	@Test
	void closedGateCanBeWaived() {
		given(JOINED).when(waive("mastery", PATH)).then(new GateWaived("mastery", NOON));
	}

	@Test
	void waivingResolvedGateChangesNothing() {
		given(JOINED, passed("basics")).when(waive("basics", PATH)).then();
		given(JOINED, new GateWaived("basics", NOON)).when(waive("basics", PATH)).then();
	}

	@Test
	void waivedGateStaysWaivedWhenStepsAreFinished() {
		given(JOINED, new GateWaived("basics", NOON)).when(evaluate(PATH, "python", "git")).then();
	}

	@Test
	void rejectsWaivingUnknownGate() {
		given(JOINED).when(waive("no-such-gate", PATH)).thenRejected(PathRejection.NO_SUCH_GATE);
		given(JOINED).when(waive("basics", null)).thenRejected(PathRejection.NO_SUCH_GATE);
	}

	@Test
	void rejectsLeavingAndWaivingWhenNotJoined() {
		given().when(leave()).thenRejected(PathRejection.NOT_JOINED);
		given().when(waive("basics", PATH)).thenRejected(PathRejection.NOT_JOINED);
		given(JOINED, LEFT).when(leave()).thenRejected(PathRejection.NOT_JOINED);
		given(JOINED, LEFT).when(waive("basics", PATH)).thenRejected(PathRejection.NOT_JOINED);
	}

	@Test
	void evaluationPassesNothingWhenNotJoined() {
		given().when(evaluate(PATH, "python", "git")).then();
		given(JOINED, LEFT).when(evaluate(PATH, "python", "git")).then();
	}

	@Test
	void resolvedGatesSurviveLeavingAndRejoining() {
		PathScenario scenario = given(JOINED, passed("basics"), new GateWaived("practice", NOON)).when(leave())
			.then(LEFT)
			.when(join(PATH, "sicp"))
			.then(JOINED, passed("mastery", "sicp"));
		assertThat(scenario.progress().resolvedGates())
			.isEqualTo(new ResolvedGates(Set.of("basics", "mastery"), Set.of("practice")));
	}

	@Test
	void evolveRejectsEventsWhenNotJoined() {
		for (PathEvent event : List.of(LEFT, passed("basics"), new GateWaived("basics", NOON))) {
			assertThatIllegalStateException().isThrownBy(() -> PathDecider.evolve(PathProgress.INITIAL, event));
		}
		assertThatIllegalStateException().isThrownBy(() -> given(JOINED, JOINED));
	}

	private static JoinPath join(@Nullable LearningPath path, String... finished) {
		return new JoinPath("ada", path, Set.of(finished), NOON);
	}

	private static LeavePath leave() {
		return new LeavePath("ada", NOON);
	}

	private static WaiveGate waive(String gate, @Nullable LearningPath path, String... finished) {
		return new WaiveGate("ada", gate, path, Set.of(finished), NOON);
	}

	private static EvaluateGates evaluate(LearningPath path, String... finished) {
		return new EvaluateGates("ada", path, Set.of(finished), NOON);
	}

	private static GatePassed passed(String gate, String... books) {
		return new GatePassed(gate, List.of(books), NOON);
	}

	private static LearningPath path(Gate... gates) {
		return new LearningPath("architect", "Architect", 1, Arrays.asList(gates), false);
	}

	private static Gate gate(String id, PassRule rule, List<String> needs, String... steps) {
		return new Gate(id, "Gate " + id, needs, rule, Arrays.asList(steps));
	}

}
