package lectern.catalog.learningpath;

import java.util.Arrays;
import java.util.List;

import lectern.web.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PathValidatorTests {

	private static final StepRule ALL = new StepRule.AllSteps();

	@Test
	void acceptsBranchingGates() {
		assertCompletable(gate("first"), gate("left", "first"), gate("right", "first"), gate("last", "left", "right"));
	}

	@Test
	void acceptsGatesInAnyOrder() {
		assertCompletable(gate("last", "first"), gate("first"));
	}

	@Test
	void rejectsCycleAndNamesItsGates() {
		assertRefused("path-cycle", "The gates form a cycle: b needs c needs a needs b.", gate("free"),
				gate("outside", "b"), gate("a", "free", "b"), gate("b", "c"), gate("c", "a"));
	}

	@Test
	void rejectsGateThatNeedsItself() {
		assertRefused("path-cycle", "The gates form a cycle: a needs a.", gate("a", "a"));
	}

	@Test
	void rejectsUnknownNeededGate() {
		assertRefused("unknown-gate", "The gate a needs the gate b, which is not in the path.", gate("a", "b"));
	}

	@Test
	void acceptsGateWithoutSteps() {
		assertCompletable(gate("first"), steps("last", ALL));
	}

	@Test
	void acceptsRuleCountUpToStepCount() {
		assertCompletable(steps("a", new StepRule.AnySteps(2), "x", "y"));
		assertCompletable(steps("a", new StepRule.AnySteps(1), "x", "y"));
	}

	@Test
	void rejectsRuleCountAboveStepCount() {
		assertRefused("unpassable-gate", "The gate a has 2 steps, but its rule requires more.",
				steps("a", new StepRule.AnySteps(3), "x", "y"));
		assertRefused("unpassable-gate", "The gate a has 0 steps, but its rule requires more.",
				steps("a", new StepRule.AnySteps(1)));
	}

	@Test
	void rejectsDuplicateGateId() {
		assertRefused("invalid", "The member /gates/1/id is already the id of another gate of this path.", gate("a"),
				gate("a"));
	}

	@Test
	void rejectsDuplicateBookWithinGateOnly() {
		assertRefused("invalid", "The member /gates/0/steps/1/book is already a step of this gate.",
				steps("a", ALL, "x", "x"));
		assertCompletable(steps("a", ALL, "x"), steps("b", ALL, "x"));
	}

	private static void assertCompletable(Gate... gates) {
		assertThatCode(() -> PathValidator.requireCompletable(path(gates))).doesNotThrowAnyException();
	}

	private static void assertRefused(String type, String detail, Gate... gates) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> PathValidator.requireCompletable(path(gates)))
			.matches((problem) -> problem.type().name().equals(type), type)
			.withMessage(detail);
	}

	private static PathContent path(Gate... gates) {
		return new PathContent("A Path", null, List.of(gates));
	}

	private static Gate gate(String id, String... needs) {
		return new Gate(id, id, null, List.of(needs), List.of(), ALL);
	}

	private static Gate steps(String id, StepRule rule, String... books) {
		return new Gate(id, id, null, List.of(), Arrays.stream(books).map((book) -> new Step(book, null)).toList(),
				rule);
	}

}
