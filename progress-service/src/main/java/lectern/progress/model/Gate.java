package lectern.progress.model;

import java.util.List;
import java.util.Set;

/**
 * A gate of a learning path.
 *
 * @param id an id that is unique within the path
 * @param title a display title
 * @param needs the gates of the same path that must be resolved before this one opens
 * @param rule how many steps must be finished to pass the gate
 * @param steps the ids of books
 */
public record Gate(String id, String title, List<String> needs, PassRule rule, List<String> steps) {

	public Gate {
		needs = List.copyOf(needs);
		steps = List.copyOf(steps);
	}

	/** The state of the gate for a reader with these resolved gates. */
	public GateState state(ResolvedGates resolved) {
		if (resolved.passed().contains(this.id)) {
			return GateState.PASSED;
		}
		if (resolved.waived().contains(this.id)) {
			return GateState.WAIVED;
		}
		return this.needs.stream().allMatch(resolved::contains) ? GateState.OPEN : GateState.CLOSED;
	}

	/** The steps whose books are finished. */
	List<String> finishedSteps(Set<String> finished) {
		return this.steps.stream().filter(finished::contains).toList();
	}

	boolean isSatisfiedBy(Set<String> finished) {
		return this.rule.isSatisfiedBy(finishedSteps(finished).size(), this.steps.size());
	}

}
