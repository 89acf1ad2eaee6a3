package lectern.progress.model;

import java.util.HashSet;
import java.util.Set;

/**
 * The gates of a path that hold a reader back no more. There may be some among them that
 * the path has lost since.
 *
 * @param passed by what was read
 * @param waived never passed; none is in both
 */
public record ResolvedGates(Set<String> passed, Set<String> waived) {

	static final ResolvedGates NONE = new ResolvedGates(Set.of(), Set.of());

	public ResolvedGates {
		passed = Set.copyOf(passed);
		waived = Set.copyOf(waived);
	}

	boolean contains(String gate) {
		return this.passed.contains(gate) || this.waived.contains(gate);
	}

	ResolvedGates withPassed(String gate) {
		return new ResolvedGates(with(this.passed, gate), this.waived);
	}

	ResolvedGates withWaived(String gate) {
		return new ResolvedGates(this.passed, with(this.waived, gate));
	}

	private static Set<String> with(Set<String> gates, String gate) {
		Set<String> more = new HashSet<>(gates);
		more.add(gate);
		return more;
	}

}
