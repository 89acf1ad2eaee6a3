package lectern.progress.model;

import java.util.HashSet;
import java.util.Set;

/**
 * The gates of a path that a reader has passed or waived. The path may have lost some of
 * them since.
 *
 * @param passed the gates whose steps the reader has finished
 * @param waived the gates that were waived without being passed; no gate is in both sets
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
		Set<String> extended = new HashSet<>(gates);
		extended.add(gate);
		return extended;
	}

}
