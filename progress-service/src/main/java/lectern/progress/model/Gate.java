package lectern.progress.model;

import java.util.List;
import java.util.Set;

/**
 * A stage of a path.
 *
 * @param id known within its path
 * @param title for people
 * @param needs the gates of the same path that have to be settled before this one opens
 * @param rule how many of the steps pass the gate
 * @param steps the ids of books
 */
public record Gate(String id, String title, List<String> needs, PassRule rule, List<String> steps) {

	public Gate {
		needs = List.copyOf(needs);
		steps = List.copyOf(steps);
	}

	/** How the gate stands for a reader who has settled these. */
	public GateState state(ResolvedGates settled) {
		if (settled.passed().contains(this.id)) {
			return GateState.PASSED;
		}
		if (settled.waived().contains(this.id)) {
			return GateState.WAIVED;
		}
		return this.needs.stream().allMatch(settled::contains) ? GateState.OPEN : GateState.CLOSED;
	}

	/** The steps that are among the finished books. */
	List<String> finishedSteps(Set<String> finished) {
		return this.steps.stream().filter(finished::contains).toList();
	}

	boolean isSatisfiedBy(Set<String> finished) {
		return this.rule.isSatisfiedBy(finishedSteps(finished).size(), this.steps.size());
	}

}
